// Writes a whole disclosure log of invented answers, one of them taken out again: write_example_log SITE COUNT [AUTHORITY_FILE] [STATISTICS_FILE]

#include "hand_made_answer.hpp"

#include <candour/publish/log_site.hpp>

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace candour;

constexpr std::array subjects{"Operation Birch",      "Patrols in Heron Lane",       "Complaints about dogs",   "Stops near the station",
                              "Use of drones",        "Vehicles taken off the road", "Searches at the harbour", "Nuisance calls",
                              "Cycling on pavements", "Fireworks in November",       "Calls to the night desk", "Licences of taxis"};

base::Result<base::Done> pass(std::span<const base::FileToWrite>) { return base::Done{}; }

int fail(const base::Errors& errors) {
  for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", base::to_text(error).c_str());
  return 1;
}

void vary(support::HandMadeAnswer& answer, int number) {
  const int year = 2019 + number % 6;
  answer.the_case.reference = fmt::format("FOI/{}/{:04}", year % 100, 100 + number);
  answer.the_case.received = base::Date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(1 + number % 12)}, std::chrono::day{2}};
  answer.the_case.subject = subjects[static_cast<std::size_t>(number) % subjects.size()];
  answer.the_case.questions[0].text = fmt::format("How many people were counted under {}, by month, age and area?", answer.the_case.subject);
  // Half of them ask in other words, so that few words stand in more answers than a page of words shows.
  if (number % 2 == 1) {
    const std::array<const char*, 4> others{"By month, who was spoken to?", "Who was warned?", "Please send the risk register.",
                                            "When did checks take place, each month?"};
    for (std::size_t i = 0; i < others.size(); ++i) answer.the_case.questions[i].text = others[i];
  }
  if (number % 3 == 1) answer.add_wide_table();
  if (number % 4 == 2) answer.the_case.questions[2].decision.provisions = {"FOIA/31(1)(a)"};
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 3) return 2;
  const std::filesystem::path site = arguments[1];
  std::string last;
  for (int number = 0; number < std::atoi(arguments[2]); ++number) {
    support::HandMadeAnswer answer;
    vary(answer, number);
    release::ReleaseOrder order = answer.order(release::ApprovalState::approved);
    order.answered_on = base::Date{std::chrono::year{2019 + number % 6}, std::chrono::month{static_cast<unsigned>(1 + number % 12)}, std::chrono::day{17}};
    const auto files = release::release(order);
    if (!files) return fail(files.error());
    last = answer.the_case.reference;
    const auto written = base::replace_folders_whole({{site / publish::folder_of_reference(last), base::FolderAccess::everyone, files->log}});
    if (!written) return fail({written.error()});
  }
  publish::LogFiles given;
  if (argument_count > 3) given.authority = arguments[3];
  if (argument_count > 4) given.statistics = arguments[4];
  const auto built = publish::build_log(site, given, pass);
  if (!built) return fail(built.error());
  const auto removed = publish::remove_from_log(site, last, "A figure of table 2 was counted twice. The corrected answer has the reference FOI/24/0999.", pass);
  return removed ? 0 : fail(removed.error());
}
