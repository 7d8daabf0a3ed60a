// What the kiosk and qabyl-preview say to each other: frames of fixed size, little-endian, over two
// descriptors. The one header that both sides share; it knows nothing else of Qabyl.
//
//   kiosk -> worker (fd 3)   Request document(type, bytes), the bytes, then Request page(page, width) ...
//   worker -> kiosk (fd 4)   Answer hello, then info (page sizes follow) or failed, then for each page
//                            request page (RGBA follows) or failed, for each request codes the texts of the QR codes on that page
//
// One document a worker; closing fd 3 ends it. Decoders return nullopt for a frame that breaks a limit,
// so that a hostile worker can neither make the kiosk read too far nor hold too much (RELIABILITY, F9).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace qabyl::preview {

inline constexpr int requests_fd = 3, answers_fd = 4;
inline constexpr std::uint32_t protocol_version = 2;

inline constexpr std::uint32_t document_bytes_max = 50U << 20;
inline constexpr std::uint32_t pages_max = 300;
inline constexpr std::uint32_t page_pixels_max = 25'000'000;
inline constexpr std::uint32_t page_side_max = 16'384;  // pixels
inline constexpr std::uint32_t codes_max = 32, code_bytes_max = 2'000;  // on one page; others are left out
inline constexpr std::uint32_t codes_bytes_max = codes_max * (code_bytes_max + 4);
inline constexpr std::uint32_t address_space_bytes_max = 512U << 20;
inline constexpr std::uint32_t cpu_seconds_max = 10;

enum class Type : std::uint32_t { pdf = 1, jpeg = 2, png = 3 };
enum class Verb : std::uint32_t { document = 1, page = 2, codes = 3 };
enum class Kind : std::uint32_t { hello = 1, info = 2, page = 3, failed = 4, codes = 5 };
enum class Failure : std::uint32_t {
  none = 0,
  unreadable = 1,      // damaged, or nothing that the decoder knows
  encrypted = 2,       // opens only with a password
  too_many_pages = 3,  // over pages_max
  too_large = 4,       // over document_bytes_max, or a picture of more pixels than can be decoded here
};

// Bits of Answer::b in hello: what stands between the worker and the machine. seccomp, rlimits and
// no_new_privs are always there (the worker ends if one fails); the kernel may refuse the others.
namespace layer {
inline constexpr std::uint32_t seccomp = 1, rlimits = 2, no_new_privs = 4, user_namespace = 8,
                               net_namespace = 16, ipc_namespace = 32, empty_root = 64, landlock = 128;
}

// 22.12.0 is 221200: what drew a page is part of what was shown.
inline constexpr std::uint32_t version_code_max = 999'999;
inline constexpr std::uint32_t version_code(std::uint32_t major, std::uint32_t minor, std::uint32_t micro) {
  return major * 10'000 + minor * 100 + micro;
}

inline constexpr std::size_t request_bytes = 16, answer_bytes = 32, page_size_bytes = 8;

struct Request {
  Verb verb{};
  std::uint32_t a = 0;  // document: Type; page, codes: number from 1
  std::uint32_t b = 0;  // document: bytes that follow; page, codes: wanted width in pixels
};
struct Answer {
  Kind kind{};
  Failure failure = Failure::none;
  std::uint32_t a = 0;      // hello: version; info: pages; page, codes: number
  std::uint32_t b = 0;      // hello: layers; page: width; codes: how many, each a length of four bytes and its text
  std::uint32_t c = 0;      // hello: version of poppler, as version_code(); page: height
  std::uint32_t d = 0;      // hello: version of cairo; page: dots per inch, rounded
  std::uint32_t bytes = 0;  // what follows this frame
};
struct PageSize {           // 1/100 point
  std::uint32_t width = 0, height = 0;
};

namespace detail {
inline constexpr std::uint32_t magic = 0x31565051;  // "QPV1"
inline void put(std::uint8_t* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}
inline std::uint32_t get(const std::uint8_t* at) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value |= static_cast<std::uint32_t>(at[i]) << (8 * i);
  return value;
}
}  // namespace detail

inline std::array<std::uint8_t, request_bytes> encode(const Request& request) {
  std::array<std::uint8_t, request_bytes> out{};
  const std::uint32_t words[] = {detail::magic, static_cast<std::uint32_t>(request.verb), request.a, request.b};
  for (std::size_t i = 0; i < 4; ++i) detail::put(&out[4 * i], words[i]);
  return out;
}

inline std::optional<Request> decode_request(std::span<const std::uint8_t, request_bytes> in) {
  const Request request{static_cast<Verb>(detail::get(&in[4])), detail::get(&in[8]), detail::get(&in[12])};
  if (detail::get(&in[0]) != detail::magic) return std::nullopt;
  if (request.verb == Verb::document && request.a >= 1 && request.a <= 3 && request.b <= document_bytes_max) return request;
  const bool of_page = request.verb == Verb::page || request.verb == Verb::codes;
  if (of_page && request.a >= 1 && request.a <= pages_max && request.b >= 1 && request.b <= page_side_max) return request;
  return std::nullopt;
}

inline std::array<std::uint8_t, answer_bytes> encode(const Answer& answer) {
  std::array<std::uint8_t, answer_bytes> out{};
  const std::uint32_t words[] = {detail::magic, static_cast<std::uint32_t>(answer.kind),
                                 static_cast<std::uint32_t>(answer.failure), answer.a, answer.b, answer.c,
                                 answer.d, answer.bytes};
  for (std::size_t i = 0; i < 8; ++i) detail::put(&out[4 * i], words[i]);
  return out;
}

namespace detail {
inline bool sound(const Answer& answer) {
  switch (answer.kind) {
    case Kind::hello: return answer.a == protocol_version && answer.c <= version_code_max && answer.d <= version_code_max && answer.bytes == 0;
    case Kind::info: return answer.a >= 1 && answer.a <= pages_max && answer.bytes == answer.a * page_size_bytes;
    case Kind::page:
      if (answer.b < 1 || answer.c < 1 || answer.b > page_side_max || answer.c > page_side_max) return false;
      return answer.b * answer.c <= page_pixels_max && answer.bytes == answer.b * answer.c * 4;
    case Kind::codes: return answer.a >= 1 && answer.a <= pages_max && answer.b <= codes_max && answer.bytes <= codes_bytes_max;
    case Kind::failed: return answer.failure >= Failure::unreadable && answer.failure <= Failure::too_large && answer.bytes == 0;
  }
  return false;
}
}  // namespace detail

// nullopt unless every figure of the frame is within its limit and `bytes` agrees with them.
inline std::optional<Answer> decode_answer(std::span<const std::uint8_t, answer_bytes> in) {
  const Answer answer{static_cast<Kind>(detail::get(&in[4])), static_cast<Failure>(detail::get(&in[8])),
                      detail::get(&in[12]), detail::get(&in[16]), detail::get(&in[20]), detail::get(&in[24]),
                      detail::get(&in[28])};
  if (detail::get(&in[0]) != detail::magic || !detail::sound(answer)) return std::nullopt;
  return answer;
}

inline std::array<std::uint8_t, page_size_bytes> encode(const PageSize& size) {
  std::array<std::uint8_t, page_size_bytes> out{};
  detail::put(&out[0], size.width);
  detail::put(&out[4], size.height);
  return out;
}
inline PageSize decode_page_size(std::span<const std::uint8_t, page_size_bytes> in) {
  return {detail::get(&in[0]), detail::get(&in[4])};
}

}  // namespace qabyl::preview
