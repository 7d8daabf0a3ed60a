// verify.html as a person meets it, in headless Chromium: no connection, three languages, by keyboard, narrow, with files.
#include "tests/support/catch.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>

#include "tests/page/probe.h"
#include "tests/page/taken_receipt.h"
#include "tests/page/two_verifiers.h"
#include "tests/support/evidence_scene.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

BrowserPage* browser() {
  if (chromium() == nullptr) WARN("SKIP: no chromium here, verify.html was not opened in a browser");
  return chromium();
}

void fill(BrowserPage& page, const std::string& field, const std::string& text) {
  page.ask("(() => { const field = document.getElementById(" + js(field) + "); field.value = " + js(text) + "; field.dispatchEvent(new Event('input')); })()");
}
std::string root_of(const ReceiptScene& scene) { return core::fingerprint(scene.root.verify_key); }
void press_go(BrowserPage& page) { page.ask("document.querySelector('button.primary').click()"); }
std::string answer(BrowserPage& page) { return page.ask("document.getElementById('answer').innerText"); }
bool says(BrowserPage& page, const std::string& words) { return answer(page).find(words) != std::string::npos; }

// Everything filled in and asked.
void ask_about(BrowserPage& page, const ReceiptScene& scene, const std::string& fragment, const std::string& qr) {
  page.open(fragment);
  fill(page, "text", qr);
  fill(page, "root", root_of(scene));
  fill(page, "keys", scene.keys_json());
  press_go(page);
}

void keep_picture(BrowserPage& page, const std::string& name) {
  const char* folder = std::getenv("QABYL_PICTURES");
  if (folder == nullptr) return;
  const auto png = *core::from_base64(page.picture());
  std::ofstream(std::string(folder) + "/" + name + ".png", std::ios::binary).write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
}

}  // namespace

TEST_CASE("page: its policy names its own script and style, and nothing else may run", "[page]") {
  const std::string html = page_text();
  const auto between = [&](const std::string& open, const std::string& close) {
    const auto from = html.find(open) + open.size();
    REQUIRE(html.find(open, from) == std::string::npos);  // one of each
    return html.substr(from, html.find(close, from) - from);
  };
  const auto digest = [](const std::string& text) { return "'sha256-" + core::to_base64(core::sha256(core::as_bytes(text))) + "'"; };
  CHECK(between("Content-Security-Policy\" content=\"", "\">") == "default-src 'none'; script-src " + digest(between("<script>", "</script>")) + "; style-src " +
        digest(between("<style>", "</style>")) + "; img-src blob:; base-uri 'none'; form-action 'none'");
  for (const char* foreign : {"http://", "https://", "//cdn", "@import", "url(", "src=", "eval(", "innerHTML", "insertAdjacent", "document.write"}) {
    INFO(foreign);
    auto at = html.find(foreign);
    if (at != html.npos && html.compare(at, 26, "http://www.w3.org/2000/svg") == 0) at = html.find(foreign, at + 1);  // a name, not an address
    CHECK(at == html.npos);
  }
  CHECK(html.size() < 150'000);
}

TEST_CASE("page: it opens from a disk, asks for nothing else, and could not", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  ask_about(*page, scene, "", scene.qr());
  CHECK(says(*page, "Қолхат түпнұсқа"));
  for (const auto& address : page->requests()) {
    INFO(address);
    CHECK((address == "file://" + page_path || address == "about:blank"));
  }
  CHECK(page->ask("new Promise(told => { document.addEventListener('securitypolicyviolation', event => told(event.effectiveDirective)); fetch('http://127.0.0.1:9/').catch(() => {}); })") == "connect-src");
  CHECK(page->ask("new Promise(told => { const image = new Image(); image.onerror = () => told('refused'); image.onload = () => told('loaded'); image.src = 'http://127.0.0.1:9/x.png'; })") == "refused");
}

TEST_CASE("page: the verdict is said in three languages with the same meaning", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  CHECK(page->ask("Object.keys(WORDS).filter(id => WORDS[id].length !== 3 || WORDS[id].some(text => text === '')).join()") == "");
  CHECK(page->ask("Object.keys(WORDS).filter(id => new Set(WORDS[id].map(text => (text.match(/\\{\\w+\\}/g) || []).sort().join())).size !== 1).join()") == "");
  const ReceiptScene scene;
  struct Language { std::string fragment, proved, unknown, refused, moment; };
  for (const auto& language : std::vector<Language>{
           {"#kk", "Қолхат түпнұсқа", "Қолхат бүтін, бірақ кілті белгісіз", "Қолхат расталмады", "2027 жылғы 12 наурыз, 23:35:43"},
           {"#ru", "Расписка подлинная", "Расписка цела, но ключ неизвестен", "Расписка не подтверждена", "12 марта 2027 года, 23:35:43"},
           {"#en", "The receipt is genuine", "The receipt is intact, but by an unknown key", "The receipt is not confirmed", "12 March 2027, 23:35:43"}}) {
    INFO(language.fragment);
    ask_about(*page, scene, language.fragment, scene.qr());
    CHECK(page->ask("document.documentElement.lang") == language.fragment.substr(1));
    CHECK(says(*page, language.proved));
    CHECK(says(*page, language.moment));
    CHECK(says(*page, scene.receipt().number));
    page->resize(1280, 900);
    keep_picture(*page, "proved-" + language.fragment.substr(1));
    fill(*page, "root", "");
    press_go(*page);
    CHECK(says(*page, language.unknown));
    fill(*page, "text", scene.qr().replace(100, 1, "%"));
    press_go(*page);
    CHECK(says(*page, language.refused));
  }
  page->ask("document.querySelector('[data-language=kk]').click()");  // a switch keeps question and answer
  CHECK(says(*page, "Қолхат расталмады"));
  CHECK(page->ask("document.getElementById('text').value.length") == std::to_string(scene.qr().size()));
}

TEST_CASE("page: what is wrong with a field is said, and no verdict is given", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  page->open("#en");
  press_go(*page);
  CHECK(says(*page, "First choose a file or paste the text of the QR code."));
  fill(*page, "text", scene.qr());
  fill(*page, "root", "12345");
  press_go(*page);
  CHECK(says(*page, "The fingerprint must have 64 characters"));
  fill(*page, "root", root_of(scene));
  fill(*page, "keys", "{}");
  press_go(*page);
  CHECK(says(*page, "This is not a list of keys."));
  fill(*page, "keys", scene.keys_json());
  std::string spelled;  // as people write fingerprints
  for (std::size_t i = 0; i < 64; i += 2) spelled += (i == 0 ? "" : ":") + root_of(scene).substr(i, 2);
  std::transform(spelled.begin(), spelled.end(), spelled.begin(), [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
  fill(*page, "root", " " + spelled + "\n");
  press_go(*page);
  CHECK(says(*page, "The receipt is genuine"));
}

TEST_CASE("page: files are taken for what they hold: a receipt, a list of keys, something else", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  const rig::TemporaryFolder folder("page-files");
  const auto choose = [&](const std::string& name, const std::string& text, const std::string& until) {
    rig::write_text(folder.path() + "/" + name, text);
    page->choose_file("file", folder.path() + "/" + name);
    return page->ask("new Promise(told => { const look = () => (" + until + ") ? told('yes') : setTimeout(look, 5); look(); })");
  };
  page->open("#en");
  choose("keys.json", scene.keys_json() + "\n", "document.getElementById('keys').value !== ''");
  CHECK(page->ask("document.getElementById('keys').value") == scene.keys_json());
  CHECK(answer(*page) == "");
  fill(*page, "root", root_of(scene));
  choose("receipt.txt", scene.qr() + "\r\n", "document.querySelector('#answer h2') !== null");
  CHECK(says(*page, "The receipt is genuine"));
  CHECK(page->ask("document.getElementById('held').textContent") == "Chosen file: receipt.txt");
  page->ask("document.getElementById('answer').textContent = ''");
  choose("other.pdf", "%PDF-1.5\nnothing\n%%EOF\n", "document.querySelector('#answer h2') !== null");
  CHECK(says(*page, "This is not a receipt of Qabyl"));
  page->ask("document.getElementById('answer').textContent = ''");
  choose("<img src=x onerror=alert(1)>.txt", scene.qr().substr(0, 200), "document.querySelector('#answer h2') !== null");
  CHECK(says(*page, "The receipt is not confirmed"));
  CHECK(page->ask("document.querySelectorAll('img').length") == "0");
}

TEST_CASE("page: a PDF of stage 2 says where the record stands in the log, and what is still open", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  Taken taken(7, 1000);
  const rig::TemporaryFolder folder("page-stage2");
  rig::write_text(folder.path() + "/receipt.pdf", core::as_text(taken.pdf(taken.proof())));
  struct Language { std::string fragment, place, proved, open; };
  for (const auto& language : std::vector<Language>{
           {"#kk", "№ 8 жазба, журналдағы жазбалар: 1000", "Жазба дәлелдемелер журналында тұр", "Журналдың бәріне бірдей көрсетілетіні"},
           {"#ru", "Запись № 8, записей в журнале: 1000", "Запись стоит в журнале доказательств", "Что журнал всем показывают одинаковым"},
           {"#en", "Entry no. 8, entries in the log: 1000", "The record stands in the evidence log", "That the log is the same for everybody"}}) {
    page->open(language.fragment);
    page->resize(1280, 900);
    fill(*page, "root", root_of(taken.scene));
    fill(*page, "keys", taken.scene.keys_json());
    page->choose_file("file", folder.path() + "/receipt.pdf");
    page->ask("new Promise(told => { const look = () => document.querySelector('#answer h2') ? told('yes') : setTimeout(look, 5); look(); })");
    INFO(answer(*page));
    CHECK(says(*page, taken.receipt.number));
    CHECK(says(*page, language.place));
    CHECK(says(*page, language.proved));
    CHECK(says(*page, language.open));
    CHECK(says(*page, "AL-03"));
    CHECK(says(*page, "BB-07"));
    keep_picture(*page, "stage2-" + language.fragment.substr(1));
  }
}

TEST_CASE("page: the evidence of a case is explained by a root's fingerprint alone", "[page][evidence]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  EvidenceScene scene;
  const rig::TemporaryFolder folder("page-evidence");
  rig::write_text(folder.path() + "/case.zip", core::as_text(scene.zip()));
  auto files = scene.files();
  files["documents/x.pdf"] = core::to_bytes("nobody names it");
  rig::write_text(folder.path() + "/more.zip", core::as_text(scene.zip(files)));
  struct Language { std::string fragment, proved, open, where; };
  for (const auto& language : std::vector<Language>{{"#kk", "Істің дәлелдемелері түпнұсқа", "Істің басқа жазбасы жоқ екені", "Файл: documents/x.pdf"},
                                                    {"#ru", "Доказательства по делу подлинные", "Что других записей в деле нет", "Файл: documents/x.pdf"},
                                                    {"#en", "The evidence of the case is genuine", "That the case has no other records", "File: documents/x.pdf"}}) {
    page->open(language.fragment);
    page->resize(1280, 900);
    fill(*page, "root", scene.root());
    const auto choose = [&](const std::string& name) {
      page->ask("document.getElementById('answer').textContent = ''");
      page->choose_file("file", folder.path() + "/" + name);
      page->ask("new Promise(told => { const look = () => document.querySelector('#answer h2') ? told('yes') : setTimeout(look, 5); look(); })");
    };
    choose("case.zip");
    INFO(answer(*page));
    CHECK(says(*page, language.proved));
    CHECK(says(*page, language.open));
    CHECK(says(*page, scene.case_id));
    keep_picture(*page, "evidence-" + language.fragment.substr(1));
    choose("more.zip");
    CHECK(says(*page, language.where));
  }
}

TEST_CASE("page: an answer of the registry and a checkpoint are explained too", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  Taken taken(7, 1000);
  const auto about = [&](const std::string& fragment, const std::string& given, const std::vector<std::string>& words) {
    ask_about(*page, taken.scene, fragment, given);
    INFO(answer(*page));
    for (const auto& each : words) CHECK(says(*page, each));
  };
  about("#kk", taken.answer(), {"Тізілімнің жауабы түпнұсқа", "Қабылданды", "№ 8 жазба, журналдағы жазбалар: 1000", "Дәлелденбеді"});
  about("#ru", taken.answer(), {"Ответ реестра подлинный", "Принято", "Запись № 8, записей в журнале: 1000"});
  about("#en", taken.checkpoint_note(), {"The log’s checkpoint is genuine", "log.example.kz", "1000", "That the log is the same for everybody"});
  about("#ru", taken.checkpoint_note(), {"Запись о состоянии журнала подлинная"});
  fill(*page, "root", "");
  press_go(*page);
  CHECK(says(*page, "Состояние журнала не проверено: ключ неизвестен"));
  CHECK_FALSE(says(*page, "Установлено"));  // nothing was
}

TEST_CASE("page: a witness whose key the reader names is asked, and what is no such key is said", "[page][witness]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  Taken taken(7, 1000);
  SeededRandom random(6);
  const auto key = core::new_signing_key(random);
  const sync::log::NoteKey witness{"witness.example/w1", key.verify_key, sync::log::NoteAlgorithm::cosignature_v1};
  auto note = *sync::log::parse_note(taken.checkpoint_note());
  note.signatures.push_back(sync::log::cosign(note.text, witness.name, key, 1'795'000'000));
  ask_about(*page, taken.scene, "#en", sync::log::write_note(note));
  CHECK_FALSE(says(*page, "witness.example/w1"));  // nobody asked
  fill(*page, "witness", sync::log::to_vkey(witness));
  press_go(*page);
  CHECK(says(*page, "Witness witness.example/w1 confirmed the first 1000 entries, 18 November 2026"));
  page->resize(1280, 900);
  keep_picture(*page, "witness-en");
  page->ask("document.querySelector('[data-language=kk]').click()");
  CHECK(says(*page, "witness.example/w1 куәгері журналдың басын растады, жазба саны: 1000"));
  keep_picture(*page, "witness-kk");
  fill(*page, "text", taken.answer());
  press_go(*page);
  CHECK(says(*page, "witness.example/w1 куәгері бұл журналды мұнда растамаған."));
  note.signatures.back().bytes.back() ^= 1;
  fill(*page, "text", sync::log::write_note(note));
  press_go(*page);
  CHECK(says(*page, "Куәгер атынан берілген жолға оның кілтімен қол қойылмаған."));
  fill(*page, "witness", "witness.example/w1");
  press_go(*page);
  CHECK(says(*page, "Бұл куәгердің кілті емес."));
}

TEST_CASE("page: in Firefox it says the same of a receipt, of evidence and of what is altered", "[page][firefox]") {
  PageHost* page = firefox();
  if (page == nullptr) {
    WARN("SKIP: no firefox-esr with node here, verify.html was not opened in it");
    return;
  }
  EvidenceScene evidence;
  const auto& scene = evidence.office;
  const Asker asker{root_of(scene), scene.keys_json()};
  const std::vector<std::string> given{scene.qr(), scene.qr().replace(100, 1, "%"), "nothing", std::string(core::as_text(evidence.zip()))};
  const auto said = page_says(*page, given, asker);
  for (std::size_t i = 0; i < 3; ++i) CHECK(said[i] == program_says(given[i], asker));
  CHECK(verdict_of(said[0]) == "proved");
  CHECK(verdict_of(said[3]) == "proved");
  const auto put = [&](const char* field, const std::string& text) { page->ask("find('" + std::string(field) + "').value = " + js(text)); };
  put("text", scene.qr());
  put("root", asker.root);
  put("keys", asker.keys);
  for (const auto& [language, words] : {std::pair{"kk", "Қолхат түпнұсқа"}, std::pair{"ru", "Расписка подлинная"}, std::pair{"en", "The receipt is genuine"}}) {
    page->ask("document.querySelector('[data-language=" + std::string(language) + "]').click(), document.querySelector('button.primary').click()");
    CHECK(page->ask("find('answer').innerText").find(words) != std::string::npos);
  }
  CHECK(page->ask("new Promise(told => { document.addEventListener('securitypolicyviolation', event => told(event.effectiveDirective)); fetch('http://127.0.0.1:9/').catch(() => {}); })") == "connect-src");
}

TEST_CASE("page: it can be used by keyboard alone, and every control has a name", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  page->open("#en");
  CHECK(page->ask(R"([...document.querySelectorAll('button, input, textarea, summary')].filter(each => {
      const named = (each.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)).filter(found => found);
      const words = [each.getAttribute('aria-label'), ...named.map(found => found.textContent), ...[...(each.labels || [])].map(label => label.textContent), each.textContent];
      return !words.some(text => text && text.trim() !== '');
    }).map(each => each.outerHTML).join())") == "");
  fill(*page, "text", scene.qr());
  std::string way;
  for (int i = 0; i < 14; ++i) {
    page->press("Tab");
    way += page->ask("document.activeElement.id || document.activeElement.dataset.language || document.activeElement.className") + " ";
    if (way.ends_with("primary ")) break;
  }
  CHECK((way == "kk ru en file camera text root keys keys-file witness primary " || way == "kk ru en file text root keys keys-file witness primary "));
  CHECK(page->ask("getComputedStyle(document.activeElement).outlineStyle") == "solid");
  page->press("Enter");
  CHECK(says(*page, "The receipt is intact, but by an unknown key"));
  CHECK(page->ask("document.activeElement.closest('#answer') !== null") == "true");  // the reader is taken to the answer
}

TEST_CASE("page: nothing is cut at 360 pixels, at 200 % or in high contrast", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  for (const std::string language : {"kk", "ru", "en"}) {
    ask_about(*page, scene, "#" + language, scene.qr());
    for (const int width : {320, 360, 640, 1280}) {
      page->resize(width, 800);
      INFO(language << " " << width);
      CHECK(page->ask("document.documentElement.scrollWidth") == std::to_string(width));
      CHECK(page->ask(R"([...document.querySelectorAll('body *')].filter(each => each.offsetParent !== null && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0
          && !['TEXTAREA', 'INPUT'].includes(each.tagName) && getComputedStyle(each).display !== 'inline').map(each => each.outerHTML.slice(0, 200)).join('\n'))") == "");
      keep_picture(*page, language + "-" + std::to_string(width));
    }
  }
  page->resize(1280, 900);
  page->prefer_contrast(true);
  CHECK(page->ask("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)");
  keep_picture(*page, "contrast");
  page->prefer_contrast(false);
}

TEST_CASE("page: the printed result is the verdict and its facts, without the form", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  page->resize(760, 1000);  // about A4 at 96 dpi, without its margins
  ask_about(*page, scene, "#ru", scene.qr());
  page->show_as_print(true);
  const auto shown = [&](const std::string& selector) { return page->ask("getComputedStyle(document.querySelector(" + js(selector) + ")).display !== 'none'"); };
  CHECK(shown("#question") == "false");
  CHECK(shown(".languages") == "false");
  CHECK(shown("#answer .verdict") == "true");
  CHECK(page->ask("getComputedStyle(document.querySelector('.verdict .head')).color") == "rgb(0, 0, 0)");
  keep_picture(*page, "print");
  page->show_as_print(false);
}

TEST_CASE("page: a picture of the QR code is read where the browser can, and where not the page says so", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const ReceiptScene scene;
  page->open("#en");
  const bool able = page->ask("'BarcodeDetector' in window ? BarcodeDetector.getSupportedFormats().then(formats => formats.includes('qr_code')) : false") == "true";
  CHECK(page->ask("document.getElementById('camera').disabled") == (able ? "false" : "true"));
  CHECK(page->ask("document.getElementById('camera-why').hidden") == (able ? "true" : "false"));
  // A browser with a detector, as phones have: what it reads is what is checked.
  page->ask("void (window.BarcodeDetector = class { static async getSupportedFormats() { return ['qr_code']; } async detect(image) { return image.width > 0 ? [{rawValue: " + js(scene.qr()) + "}] : []; } })");
  page->ask("offerCamera()");
  CHECK(page->ask("document.getElementById('camera').disabled") == "false");
  const rig::TemporaryFolder folder("page-picture");
  const auto png = *core::from_base64(page->picture());
  rig::write_text(folder.path() + "/qr.png", core::as_text(png));
  page->choose_file("camera", folder.path() + "/qr.png");
  page->ask("new Promise(told => { const look = () => document.querySelector('#answer h2') ? told('yes') : setTimeout(look, 5); look(); })");
  CHECK(says(*page, "The receipt is intact"));
  rig::write_text(folder.path() + "/no.png", "no picture");
  page->ask("document.getElementById('answer').textContent = ''");
  page->choose_file("camera", folder.path() + "/no.png");
  page->ask("new Promise(told => { const look = () => document.querySelector('#answer h2') ? told('yes') : setTimeout(look, 5); look(); })");
  CHECK(says(*page, "No QR code was found in the picture."));
}

TEST_CASE("page: text stands on its ground with 7:1 in both palettes", "[page]") {
  BrowserPage* page = browser();
  if (page == nullptr) return;
  const std::string pale = R"((() => {
    const styles = getComputedStyle(document.documentElement), colour = name => styles.getPropertyValue('--' + name).trim();
    const light = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const pairs = ['ink paper', 'ink surface', 'ink tint', 'ink2 paper', 'ink2 surface', 'ink2 sunk', 'pri-ink pri', 'pri surface', 'rail-ink rail', 'rail-ink2 rail', 'warn warn-bg', 'ok ok-bg', 'bad bad-bg'];
    return pairs.filter(pair => ratio(...pair.split(' ').map(colour)) < 7).join();
  })())";
  for (const bool contrast : {false, true}) {
    page->prefer_contrast(contrast);
    CHECK(page->ask(pale) == "");
  }
  page->prefer_contrast(false);
}
