#include <candour/release/numeral_trace.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace candour::release {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; }

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

std::string without_commas(std::string_view numeral) {
  std::string plain(numeral);
  std::erase(plain, ',');
  return plain;
}

constexpr std::array<std::string_view, 12> months{"January", "February", "March",     "April",   "May",      "June",
                                                  "July",    "August",   "September", "October", "November", "December"};

bool is_four_digits(std::string_view text, const Numeral& numeral) {
  return numeral.length == 4 &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(numeral.offset), text.begin() + static_cast<std::ptrdiff_t>(numeral.offset + 4), is_digit);
}

// The word that ends right before `at`, after blanks; empty if there is none.
std::string_view word_before(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  if (at > 0 && text[at - 1] == '.') --at;
  std::size_t start = at;
  while (start > 0 && is_letter(text[start - 1])) --start;
  return text.substr(start, at - start);
}

bool is_month(std::string_view word) { return std::find(months.begin(), months.end(), word) != months.end(); }

// "March 2024", with or without a day before it.
bool is_year_of_month(std::string_view text, const Numeral& numeral) {
  return is_four_digits(text, numeral) && numeral.offset > 0 && text[numeral.offset - 1] == ' ' && is_month(word_before(text, numeral.offset));
}

// The day of "4 March 2024".
bool is_day_of_date(std::string_view text, const Numeral& numeral) {
  if (numeral.length > 2) return false;
  std::string_view rest = text.substr(numeral.offset + numeral.length);
  if (!rest.starts_with(' ')) return false;
  rest.remove_prefix(1);
  const auto month = std::find_if(months.begin(), months.end(), [&](std::string_view name) { return rest.starts_with(name); });
  if (month == months.end()) return false;
  rest.remove_prefix(month->size());
  return rest.size() >= 5 && rest[0] == ' ' && digits_from(rest, 1) == 4;
}

// "2024-03-04": gives the length of the date, or 0.
std::size_t length_of_iso_date(std::string_view text, const Numeral& numeral) {
  constexpr std::size_t length = 10;
  if (!is_four_digits(text, numeral) || numeral.offset + length > text.size()) return 0;
  const std::string_view date = text.substr(numeral.offset, length);
  const bool is_date = date[4] == '-' && digits_from(date, 5) == 2 && date[7] == '-' && digits_from(date, 8) == 2;
  const bool ends = numeral.offset + length == text.size() || !is_digit(text[numeral.offset + length]);
  return is_date && ends ? length : 0;
}

bool is_citation_word(std::string_view word) {
  constexpr std::array<std::string_view, 18> words{"section",     "sections", "s",         "article", "articles",   "regulation",
                                                   "regulations", "schedule", "paragraph", "act",     "regulation", "question",
                                                   "questions",   "table",    "tables",    "part",    "condition",  "step"};
  std::string folded(word);
  std::transform(folded.begin(), folded.end(), folded.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return std::find(words.begin(), words.end(), folded) != words.end();
}

// Between the numerals of one citation stand brackets, hyphens and single letters only: "40(2)", "40(3A)(a)", "40(2)-40(3A)".
bool goes_on_with_citation(std::string_view between) {
  return !between.empty() && between.size() <= 6 && between.find_first_not_of("()-/ABCDEFGabcdefg") == std::string_view::npos &&
         between.find_first_of("()-/") != std::string_view::npos;
}

// "questions 1, 2 and 4": after the plural a list of numbers may stand.
bool goes_on_with_list(std::string_view between) { return between == ", " || between == " and "; }

bool starts_list(std::string_view word) { return word == "questions" || word == "Questions"; }

std::string words_around(std::string_view text, const Numeral& numeral) {
  constexpr std::size_t reach = 24;
  const std::size_t start = numeral.offset > reach ? numeral.offset - reach : 0;
  return std::string(text.substr(start, numeral.offset + numeral.length + reach - start));
}

}  // namespace

std::vector<Numeral> numerals_of(std::string_view text) {
  std::vector<Numeral> numerals;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at + digits_from(text, at);
    while (end < text.size() && text[end] == ',' && digits_from(text, end + 1) == 3) end += 4;
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) end += 1 + digits_from(text, end + 1);
    numerals.push_back({at, end - at});
    at = end;
  }
  return numerals;
}

void NumeralTrace::declare_phrase(std::string_view phrase) {
  const std::vector<Numeral> numerals = numerals_of(phrase);
  if (numerals.empty() || !known_phrases_.insert(std::string(phrase)).second) return;
  phrases_[std::string(phrase.substr(numerals[0].offset, numerals[0].length))].push_back({std::string(phrase), numerals[0].offset});
}

void NumeralTrace::declare_numeral(std::string_view numeral) { numerals_.insert(without_commas(numeral)); }

void NumeralTrace::declare_numerals_in(std::string_view text) {
  for (const Numeral& numeral : numerals_of(text)) declare_numeral(text.substr(numeral.offset, numeral.length));
}

// The end of the longest phrase that stands here whole, or 0.
std::size_t NumeralTrace::end_of_phrase_at(std::string_view text, const Numeral& numeral) const {
  const auto found = phrases_.find(std::string(text.substr(numeral.offset, numeral.length)));
  if (found == phrases_.end()) return 0;
  std::size_t end = 0;
  for (const Phrase& phrase : found->second) {
    if (phrase.first_numeral > numeral.offset) continue;
    const std::size_t start = numeral.offset - phrase.first_numeral;
    if (text.substr(start, phrase.text.size()) != phrase.text) continue;
    const std::size_t stop = start + phrase.text.size();
    const bool cuts_a_numeral = stop < text.size() && is_digit(text[stop]) && is_digit(phrase.text.back());
    if (!cuts_a_numeral) end = std::max(end, stop);
  }
  return end;
}

std::vector<UntracedNumeral> NumeralTrace::untraced_in(std::string_view text) const {
  std::vector<UntracedNumeral> untraced;
  std::size_t covered_to = 0;
  std::size_t citation_end = std::string_view::npos;
  std::size_t list_end = std::string_view::npos;
  for (const Numeral& numeral : numerals_of(text)) {
    const std::size_t end = numeral.offset + numeral.length;
    if (end <= covered_to) continue;
    const std::string_view lead = word_before(text, numeral.offset);
    const bool is_listed = list_end != std::string_view::npos && goes_on_with_list(text.substr(list_end, numeral.offset - list_end));
    const bool is_citation = is_citation_word(lead) || is_listed ||
                             (citation_end != std::string_view::npos && goes_on_with_citation(text.substr(citation_end, numeral.offset - citation_end)));
    if (is_citation) citation_end = end;
    if (starts_list(lead) || is_listed) list_end = end;
    const std::size_t phrase_end = end_of_phrase_at(text, numeral);
    const std::size_t date_length = length_of_iso_date(text, numeral);
    covered_to = std::max({covered_to, phrase_end, date_length == 0 ? 0 : numeral.offset + date_length});
    if (end <= covered_to || is_citation || is_year_of_month(text, numeral) || is_day_of_date(text, numeral)) continue;
    const std::string_view word = text.substr(numeral.offset, numeral.length);
    if (numerals_.contains(without_commas(word))) continue;
    untraced.push_back({std::string(word), numeral.offset, words_around(text, numeral)});
  }
  return untraced;
}

}  // namespace candour::release
