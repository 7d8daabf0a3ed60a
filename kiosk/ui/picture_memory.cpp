// A 64-bit digest of vertices, indexes and commands; see picture_memory.h. Two unlike pictures with one
// digest would leave the older on the screen until the next change: one in 2^64, not an attack.
#include "kiosk/ui/picture_memory.h"

#include <imgui.h>

#include <cstring>

namespace qabyl::kiosk::ui {
namespace {

constexpr std::uint64_t odd_a = 0x9e3779b97f4a7c15ULL, odd_b = 0xff51afd7ed558ccdULL;

// Eight bytes a step, multiply and fold: the lists of a full screen are some 500 KiB.
std::uint64_t mixed(std::uint64_t sum, const void* data, std::size_t bytes) {
  const auto* at = static_cast<const unsigned char*>(data);
  for (; bytes >= 8; at += 8, bytes -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    sum = (sum ^ word) * odd_a;
    sum ^= sum >> 29;
  }
  std::uint64_t rest = bytes;
  if (bytes > 0) std::memcpy(&rest, at, bytes);
  sum = (sum ^ rest) * odd_b;
  return sum ^ (sum >> 32);
}

std::uint64_t mixed(std::uint64_t sum, const ImDrawCmd& command) {
  sum = mixed(sum, &command.ClipRect, sizeof command.ClipRect);
  const auto texture = reinterpret_cast<std::uintptr_t>(command.GetTexID());
  sum = mixed(sum, &texture, sizeof texture);
  const unsigned places[] = {command.VtxOffset, command.IdxOffset, command.ElemCount};
  return mixed(sum, places, sizeof places);
}

}  // namespace

bool PictureMemory::same_as_last(const ImDrawData& picture) {
  std::uint64_t sum = mixed(odd_b, &picture.DisplaySize, sizeof picture.DisplaySize);
  for (int i = 0; i < picture.CmdListsCount; ++i) {
    const ImDrawList& list = *picture.CmdLists[i];
    sum = mixed(sum, list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    sum = mixed(sum, list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list.CmdBuffer) sum = mixed(sum, command);
  }
  const bool same = known_ && sum == last_;
  last_ = sum;
  known_ = true;
  return same;
}

}  // namespace qabyl::kiosk::ui
