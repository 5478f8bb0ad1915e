#include "entries.hpp"

#include <candour/base/settings.hpp>
#include <candour/casework/intake/draft.hpp>

#include <cstdlib>
#include <set>
#include <string_view>

namespace candour::fuzz {

void read_as_request(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return;
  const std::string_view text(reinterpret_cast<const char*>(bytes + 1), size - 1);
  const auto letter = casework::intake::read_letter(text, bytes[0] % 2 == 1);
  if (!letter) return;
  const base::Date received{std::chrono::year{2024}, std::chrono::month{4}, std::chrono::day{24}};
  const auto proposal = casework::intake::propose(*letter, received);
  const std::string draft = casework::intake::draft_of(proposal, {"FOI-2024-0001", received, false, {}});
  if (!base::parse_settings(draft, "draft")) std::abort();
  std::set<std::string> numbers;
  for (const auto& question : proposal.questions)
    if (question.number.empty() || !numbers.insert(question.number).second) std::abort();
  static_cast<void>(casework::intake::shown_beside(proposal));
}

}  // namespace candour::fuzz

#ifdef CANDOUR_FUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  candour::fuzz::read_as_request(bytes, size);
  return 0;
}
#endif
