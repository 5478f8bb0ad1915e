#include <candour/casework/review.hpp>

#include <candour/base/files.hpp>
#include <candour/base/settings.hpp>
#include <candour/base/settings_text.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/given_before.hpp>
#include <candour/casework/journal.hpp>
#include <candour/casework/kept_files.hpp>
#include <candour/request/case_keys.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>
#include <vector>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using base::Setting;

constexpr std::string_view opened_event = "review-opened";
constexpr std::string_view decided_event = "review-decided";
constexpr std::array<std::pair<std::string_view, ReviewResult>, 3> results{
    {{"upheld", ReviewResult::upheld}, {"partly-upheld", ReviewResult::partly_upheld}, {"overturned", ReviewResult::overturned}}};

bool is_text(const std::string& text) { return !base::trimmed(text).empty() && base::is_valid_utf8(text); }

base::Error incomplete(std::string_view what, std::string_view option) {
  return {base::Cause::wrong_input, "review.incomplete", {}, fmt::format("nobody says {}, expected it", what), fmt::format("give it with {}", option)};
}

base::Error refused(std::string_view code, std::string sentence, std::string hint) {
  return {base::Cause::refused, fmt::format("review.{}", code), {}, std::move(sentence), std::move(hint)};
}

std::vector<std::string> people_of(const request::Case& the_case) {
  std::vector<std::string> people{the_case.answered_by};
  for (const request::Question& question : the_case.questions) {
    people.push_back(question.decision.decided_by);
    people.push_back(question.branch_by);
  }
  return people;
}

Setting text_setting(const std::string& text) {
  Setting setting;
  setting.kind = base::SettingKind::text;
  setting.text = text;
  return setting;
}

Setting setting_of(const ReviewDecision& decision) {
  Setting review, day;
  day.kind = base::SettingKind::date;
  day.date = decision.on;
  review.entries = {{"outcome", text_setting(std::string(word_of(decision.result)))}, {"reason", text_setting(decision.because)}};
  if (!decision.changes.empty()) review.entries.emplace_back("changes", text_setting(decision.changes));
  review.entries.emplace_back("by", text_setting(decision.reviewer));
  review.entries.emplace_back("on", day);
  return review;
}

bool case_file_has_reviews() {
  const auto keys = request::case_keys();
  return std::any_of(keys.begin(), keys.end(), [](const base::KeyTable& table) { return table.path == "review"; });
}

// Nothing that a person wrote is changed: the part is put behind, and one that says something else stands.
base::Result<base::Done> write_into_case(const fs::path& case_folder, const ReviewDecision& decision) {
  if (!case_file_has_reviews()) return base::Done{};
  const fs::path file = case_folder / "case.toml";
  CANDOUR_TRY(text, base::read_file(file));
  CANDOUR_TRY(top, base::parse_settings(text, file.string()));
  Setting wanted;
  wanted.entries.emplace_back("review", setting_of(decision));
  if (const Setting* standing = top.find("review")) {
    Setting there;
    there.entries.emplace_back("review", *standing);
    if (base::to_toml(there) == base::to_toml(wanted)) return base::Done{};
    return base::fail(refused("written_otherwise", "case.toml has a [review] that says something else", "take it out, or decide as it says"));
  }
  if (!text.empty() && text.back() != '\n') text += '\n';
  return base::write_file_whole(file, text + base::to_toml(wanted));
}

}  // namespace

std::string_view word_of(ReviewResult result) {
  return std::find_if(results.begin(), results.end(), [&](const auto& each) { return each.second == result; })->first;
}

std::optional<ReviewResult> review_result_of(std::string_view word) {
  for (const auto& [name, result] : results)
    if (name == word) return result;
  return std::nullopt;
}

base::Result<std::optional<Review>> last_review(const fs::path& output) {
  CANDOUR_TRY(events, read_journal(output));
  std::optional<Review> review;
  for (const JournalEvent& event : events) {
    if (event.event == opened_event) {
      CANDOUR_TRY(asked_on, base::parse_iso_date(event.fact("asked_on")));
      CANDOUR_TRY(opened_on, base::parse_iso_date(event.fact("on")));
      review = Review{event.fact("name"), asked_on, opened_on, {}, std::nullopt, {}, {}, std::nullopt};
    } else if (event.event == decided_event && review) {
      CANDOUR_TRY(decided_on, base::parse_iso_date(event.fact("on")));
      review->result = review_result_of(event.fact("outcome"));
      review->because = event.fact("because");
      review->changes = event.fact("changes");
      review->decided_on = decided_on;
    }
  }
  return review;
}

base::Result<base::Done> check_reviewer(const fs::path& output, const request::Case& the_case, const std::string& reviewer) {
  std::vector<std::string> people = people_of(the_case);
  CANDOUR_TRY(events, read_journal(output));
  for (const JournalEvent& event : events)
    if (event.event == "approval") people.push_back(event.fact("name"));
  if (std::none_of(people.begin(), people.end(), [&](const std::string& name) { return !name.empty() && release::is_same_name(name, reviewer); }))
    return base::Done{};
  return base::fail(refused("same_person", "this person answered the case, decided a part of it, or approved it", "somebody else reviews"));
}

base::Result<base::Done> open_review(const fs::path& output, const Review& review, const release::ReleasedFiles& reviewed,
                                     const std::vector<table::Release>& releases) {
  if (!is_text(review.reviewer)) return base::fail(incomplete("who reviews", "--as NAME"));
  if (review.asked_on > review.opened_on)
    return base::fail({base::Cause::wrong_input,
                       "review.future_day",
                       {},
                       fmt::format("the review was asked for on {}, expected no day after today", base::to_iso(review.asked_on)),
                       {}});
  CANDOUR_TRY(last, last_review(output));
  if (last && !last->result) return base::fail(refused("open_already", fmt::format("a review by {} is open", last->reviewer), "it is decided with --outcome"));
  std::vector<base::FileToWrite> files;
  for (const base::FileToWrite& file : reviewed.reply) files.push_back({"reply" / file.path, file.bytes});
  for (const base::FileToWrite& file : reviewed.log) files.push_back({"public" / file.path, file.bytes});
  CANDOUR_TRY(given, file_of_given(output, reviewed_folder, releases));
  files.push_back(std::move(given));
  CANDOUR_TRY_DONE(keep_folder(output, std::string(reviewed_folder), std::move(files)));
  return record(
      output,
      {std::string(opened_event),
       {{"name", review.reviewer}, {"asked_on", base::to_iso(review.asked_on)}, {"on", base::to_iso(review.opened_on)}, {"final", review.final.to_hex()}}});
}

base::Result<base::Done> decide_review(const fs::path& output, const fs::path& case_folder, const ReviewDecision& decision) {
  if (!is_text(decision.because)) return base::fail(incomplete("why", "--because TEXT"));
  if ((decision.result == ReviewResult::upheld) != decision.changes.empty())
    return base::fail(
        incomplete(decision.result == ReviewResult::upheld ? "that nothing changes where the answer is upheld" : "what is done about it", "--changes TEXT"));
  CANDOUR_TRY(last, last_review(output));
  if (!last) return base::fail(refused("none_open", "no review is open", "candour review CASE --as NAME --asked-on DATE opens one"));
  if (!release::is_same_name(last->reviewer, decision.reviewer))
    return base::fail(refused("other_reviewer", "somebody else reviews this answer", "whoever opened the review decides it"));
  if (last->result) {
    const bool is_same = *last->result == decision.result && last->because == decision.because && last->changes == decision.changes;
    if (!is_same) return base::fail(refused("none_open", "the review is decided already", "candour review CASE --as NAME --asked-on DATE opens another"));
  }
  ReviewDecision standing = decision;
  if (last->decided_on) standing.on = *last->decided_on;  // said again: what was begun is finished
  CANDOUR_TRY_DONE(write_into_case(case_folder, standing));
  Setting top;
  top.entries.emplace_back("review", setting_of(standing));
  CANDOUR_TRY_DONE(keep_folder(output, "review", {{"review.toml", base::to_toml(top)}}));
  if (last->result) return base::Done{};
  JournalEvent event{
      std::string(decided_event),
      {{"name", decision.reviewer}, {"outcome", std::string(word_of(decision.result))}, {"because", decision.because}, {"on", base::to_iso(decision.on)}}};
  if (!decision.changes.empty()) event.facts.emplace_back("changes", decision.changes);
  return record(output, event);
}

}  // namespace candour::casework
