// What letters other than the answer are written from: the clock's days, what is asked of the requester, the outcome of a review, an authority's own wording.

#include <candour/base/text.hpp>
#include <candour/request/case_keys.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

namespace candour::request {
namespace {

using base::Setting;

void check_day(const Setting& table, std::string_view name, base::Date day, const Case& the_case, Mistakes& mistakes) {
  if (day < the_case.received)
    mistakes.add(table.line, "date_order",
                 fmt::format("[{}] is of {}, expected a day not before receipt, {}", name, base::to_iso(day), base::to_iso(the_case.received)));
}

void read_clock_days(const Setting& top, Case& the_case) {
  the_case.clock.received = the_case.received;
  const Setting* table = top.find("clock");
  if (table == nullptr) return;
  law::ClockEvents& clock = the_case.clock;
  clock.clarification_asked = table->date_of("clarification_asked");
  clock.clarified = table->date_of("clarified");
  clock.fees_notice = table->date_of("fees_notice");
  clock.fees_paid = table->date_of("fees_paid");
  clock.extension_notice = table->date_of("extension_notice");
  clock.extension_until = table->date_of("extension_until");
  clock.review_asked = table->date_of("review_asked");
}

void read_review(const Setting& table, Case& the_case, Mistakes& mistakes) {
  the_case.review = ReviewOutcome{table.text_of("outcome"), table.text_of("reason"), table.text_of("changes"), table.text_of("by"), *table.date_of("on")};
  check_day(table, "review", the_case.review->on, the_case, mistakes);
  if (the_case.review->by == the_case.answered_by)
    mistakes.add(table.line_of("by"), "review_by_the_writer", "the review is made by the person who answered, expected somebody else",
                 "who wrote the answer does not review it");
  if (the_case.review->outcome != "upheld" && base::trimmed(the_case.review->changes).empty())
    mistakes.add(table.line, "review_without_changes",
                 fmt::format("the answer is {} and [review] has no 'changes', expected what is done about it", the_case.review->outcome));
}

}  // namespace

void read_letters(const Setting& top, Case& the_case, Mistakes& mistakes) {
  read_clock_days(top, the_case);
  if (const Setting* table = top.find("clarification")) {
    the_case.clarification = ClarificationAsked{table->texts_of("details"), table->text_of("by"), *table->date_of("on")};
    check_day(*table, "clarification", the_case.clarification->on, the_case, mistakes);
  }
  if (const Setting* table = top.find("fees")) {
    FeesAsked fees{{}, table->text_of("how_to_pay"), table->text_of("by"), *table->date_of("on")};
    for (const Setting* item : table->tables_of("item")) fees.items.push_back({item->text_of("what"), *item->number_of("pounds")});
    the_case.fees = std::move(fees);
    check_day(*table, "fees", the_case.fees->on, the_case, mistakes);
  }
  if (const Setting* table = top.find("interim")) {
    the_case.interim = InterimNews{table->text_of("reason"), *table->date_of("expected_on"), table->text_of("by"), *table->date_of("on")};
    check_day(*table, "interim", the_case.interim->on, the_case, mistakes);
    if (the_case.interim->expected_on < the_case.interim->on)
      mistakes.add(table->line_of("expected_on"), "date_order", "the answer is expected before [interim] is written, expected a later day");
  }
  if (const Setting* table = top.find("review")) read_review(*table, the_case, mistakes);
}

AuthorityPicture picture_of(const Setting& settings, std::string_view name, const std::filesystem::path& folder, Mistakes& mistakes, std::uint64_t line) {
  const Setting* table = settings.find(name);
  if (table == nullptr) return {};
  AuthorityPicture picture{folder / table->text_of("file"), std::string(base::trimmed(table->text_of("text")))};
  if (picture.text.empty() != table->truth_of("decorative"))
    mistakes.add(
        line, "picture_text",
        fmt::format("[{}] in the file of wording has {} 'text', expected a text or decorative = true, and not both", name, picture.text.empty() ? "no" : "a"),
        "who cannot see the picture is told what it shows; decoration is passed over");
  return picture;
}

void read_wording(const std::string& file, AuthorityWording& wording, Mistakes& mistakes, std::uint64_t line) {
  auto settings = base::read_settings(file);
  base::Errors errors = settings ? base::check_settings(*settings, wording_keys(), file, "wording") : base::Errors{std::move(settings).error()};
  for (const base::Error& error : errors) mistakes.add(line, "wording", fmt::format("the file of wording cannot be used: {}", error.sentence), error.hint);
  if (!errors.empty()) return;
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  wording = {settings->text_of("opening"),
             settings->text_of("closing"),
             settings->text_of("contact"),
             settings->text_of("footer"),
             picture_of(*settings, "crest", folder, mistakes, line),
             picture_of(*settings, "signature", folder, mistakes, line)};
}

}  // namespace candour::request
