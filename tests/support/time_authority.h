// A time stamping authority (RFC 3161), played by the openssl program: a root, an authority below it, and one below that which stamps.
// What it makes is made by a stranger's program. Knows no test library.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/bytes.h"
#include "tests/support/rig.h"

namespace qabyl::test {

class TimeAuthority {
 public:
  static constexpr const char* stamping = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n";

  // In a folder of its own, which exists meanwhile. `key`: as openssl's -newkey.
  explicit TimeAuthority(const std::string& name, const std::string& key = "rsa:2048") : folder_("tsa-" + name), key_(key) {
    rig::write_text(folder_.path() + "/ts.cnf", "[tsa]\ndefault_tsa = one\n[one]\nserial = ./serial\ndefault_policy = 1.2.3.4.1\ndigests = sha256, sha512\n"
                                                "signer_digest = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n");
    rig::write_text(folder_.path() + "/serial", "01\n");
    here_ = runs("openssl req -x509 -newkey " + key_ + " -nodes -keyout root.key -out root.pem -subj '/O=" + name + "' -days 30 "
                 "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign") &&
            issue("middle", "root", "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n") && issue("tsa", "middle", stamping);
  }
  bool here() const { return here_; }  // the program is, and does what is asked
  std::string pem(const std::string& name = "root") const { return rig::read_text(folder_.path() + "/" + name + ".pem"); }
  std::string path(const std::string& file) const { return folder_.path() + "/" + file; }

  bool issue(const std::string& name, const std::string& by, const std::string& extensions, int days = 20) const {
    rig::write_text(path(name + ".ext"), extensions);
    return runs("openssl req -new -newkey " + key_ + " -nodes -keyout " + name + ".key -out " + name + ".csr -subj '/CN=" + name + ".example'") &&
           runs("openssl x509 -req -in " + name + ".csr -CA " + by + ".pem -CAkey " + by + ".key -CAcreateserial -extfile " + name + ".ext -days " + std::to_string(days) + " -out " + name + ".pem");
  }
  core::Bytes answers(const core::Bytes& query) const {
    rig::write_text(path("q.tsq"), core::as_text(query));
    return made("openssl ts -reply -config ts.cnf -queryfile q.tsq -signer tsa.pem -inkey tsa.key -chain middle.pem -out r.tsr", "r.tsr");
  }
  core::Bytes stamps(const std::string& text, const std::string& hash = "sha256") const {
    rig::write_text(path("data"), text);
    const auto query = made("openssl ts -query -data data -" + hash + " -cert -out q.tsq", "q.tsq");
    return answers(query);
  }
  // By a stranger's program, over these bytes.
  bool confirms(const std::string& stamped, const core::Bytes& response) const {
    rig::write_text(path("data"), stamped);
    rig::write_text(path("r.tsr"), core::as_text(response));
    return runs("openssl ts -verify -data data -in r.tsr -CAfile root.pem");
  }
  // The same statement under another certificate, which openssl's own stamping would not use.
  core::Bytes signs_again(const core::Bytes& response, const std::string& name, const std::string& options = "-cades -md sha256") const {
    rig::write_text(path("r.tsr"), core::as_text(response));
    const auto token = made("openssl ts -reply -in r.tsr -token_out -out token && openssl cms -verify -in token -inform DER -noverify -binary -out info && openssl cms -sign -in info -binary -nodetach "
                            "-econtent_type 1.2.840.113549.1.9.16.1.4 -signer " + name + ".pem -inkey " + name + ".key -certfile middle.pem -outform DER -out again " + options, "again");
    core::Bytes whole{0x30, 0x82, 0, 0, 0x30, 0x03, 0x02, 0x01, 0x00};  // granted
    whole.insert(whole.end(), token.begin(), token.end());
    whole[2] = static_cast<std::uint8_t>((whole.size() - 4) >> 8);
    whole[3] = static_cast<std::uint8_t>(whole.size() - 4);
    return whole;
  }

 private:
  bool runs(const std::string& command) const { return std::system(("cd '" + folder_.path() + "' && { " + command + "; } >/dev/null 2>&1").c_str()) == 0; }
  core::Bytes made(const std::string& command, const std::string& file) const {
    std::filesystem::remove(path(file));
    return runs(command) ? core::to_bytes(rig::read_text(path(file))) : core::Bytes{};
  }

  rig::TemporaryFolder folder_;
  std::string key_;
  bool here_ = false;
};

}  // namespace qabyl::test
