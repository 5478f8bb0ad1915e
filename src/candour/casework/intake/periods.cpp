#include <candour/casework/intake/periods.hpp>

#include <candour/casework/intake/pattern.hpp>

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <vector>

namespace candour::casework::intake {
namespace {

using std::chrono::month;
using std::chrono::months;
using std::chrono::year;

constexpr std::string_view month_words =
    "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// A moment that the words name: the months that it covers.
struct TimePoint {
  Month first{}, last{};
  std::size_t at = 0, end = 0;
  enum class Kind { day, month, month_without_year, year, span } kind = Kind::year;
};

unsigned month_number(std::string_view word) {
  static constexpr std::array<std::string_view, 12> starts{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  std::string small;
  for (const char c : word.substr(0, 3)) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (unsigned i = 0; i < starts.size(); ++i)
    if (small == starts[i]) return i + 1;
  return 1;
}

int number(std::string_view digits) { return std::atoi(std::string(digits).c_str()); }
Month at(int y, unsigned m) { return year{y} / month{m}; }
bool is_year(int y) { return y >= 1950 && y <= 2100; }

enum class YearForm { calendar, financial, academic };

YearForm year_form(std::string_view sentence) {
  static const Pattern academic("academic|school year");
  static const Pattern financial("financial|fiscal|tax year|\\bfy\\b");
  return academic.in(sentence) ? YearForm::academic : financial.in(sentence) ? YearForm::financial : YearForm::calendar;
}

TimePoint whole_year(int y, YearForm form, const Found& found) {
  const unsigned first = form == YearForm::academic ? 9 : form == YearForm::financial ? 4 : 1;
  const Month begins = at(y, first);
  return {begins, begins + months{11}, found.at, found.end(), form == YearForm::calendar ? TimePoint::Kind::year : TimePoint::Kind::span};
}

/// "2022/23" or "2022-2023": two years, the second after the first.
std::optional<TimePoint> double_year(const Found& found, YearForm form) {
  const int first = number(found.groups[0]);
  const int second = number(found.groups[1]);
  if (!is_year(first) || (second != first + 1 && second != (first + 1) % 100)) return std::nullopt;
  return whole_year(first, form == YearForm::academic ? YearForm::academic : YearForm::financial, found);
}

/// Something of the kind at exactly this place.
std::optional<TimePoint> point_at(std::string_view text, std::size_t from, YearForm form) {
  static const Pattern numeric("^([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})\\b");
  static const Pattern iso("^([12][0-9]{3})-([01][0-9])(?:-[0-3][0-9])?\\b");
  static const Pattern written("^(?:[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?)?" + std::string(month_words) +
                               "\\b,?(?: (?:[0-9]{1,2}(?:st|nd|rd|th)?, )?(?:of )?([12][0-9]{3})\\b)?");
  static const Pattern quarter("^q(?:uarter )?([1-4])(?: of)? ?([12][0-9]{3})\\b");
  static const Pattern two_years("^([12][0-9]{3}) ?[/-] ?([0-9]{4}|[0-9]{2})\\b");
  static const Pattern one_year("^([12][0-9]{3})\\b");
  const std::string_view rest = text.substr(from);
  const auto placed = [from](TimePoint point) {
    point.at += from;
    point.end += from;
    return point;
  };
  if (const auto found = numeric.find(rest)) {
    const int m = number(found->groups[1]);
    const int y = number(found->groups[2]) + (found->groups[2].size() == 2 ? 2000 : 0);
    if (m < 1 || m > 12 || !is_year(y)) return std::nullopt;
    return placed({at(y, static_cast<unsigned>(m)), at(y, static_cast<unsigned>(m)), 0, found->length, TimePoint::Kind::day});
  }
  if (const auto found = iso.find(rest); found && number(found->groups[1]) >= 1 && number(found->groups[1]) <= 12 && found->length > 7) {
    const Month m = at(number(found->groups[0]), static_cast<unsigned>(number(found->groups[1])));
    return placed({m, m, 0, found->length, TimePoint::Kind::day});
  }
  if (const auto found = two_years.find(rest))
    if (const auto point = double_year(*found, form)) return placed(*point);
  if (const auto found = quarter.find(rest); found && is_year(number(found->groups[1]))) {
    const Month m = at(number(found->groups[1]), static_cast<unsigned>(number(found->groups[0]) * 3 - 2));
    return placed({m, m + months{2}, 0, found->length, TimePoint::Kind::span});
  }
  if (const auto found = written.find(rest)) {
    const unsigned m = month_number(found->groups[0]);
    if (found->groups[1].empty()) return placed({at(0, m), at(0, m), 0, found->length, TimePoint::Kind::month_without_year});
    if (!is_year(number(found->groups[1]))) return std::nullopt;
    const Month named = at(number(found->groups[1]), m);
    const bool with_day = std::isdigit(static_cast<unsigned char>(rest[0])) != 0;
    return placed({named, named, 0, found->length, with_day ? TimePoint::Kind::day : TimePoint::Kind::month});
  }
  if (const auto found = one_year.find(rest); found && is_year(number(found->groups[0]))) return placed(whole_year(number(found->groups[0]), form, *found));
  return std::nullopt;
}

/// "may" is a month only where a year or another month is near; "march" the verb hardly ever stands in a request.
bool is_bare_may(const TimePoint& point, std::string_view text) {
  static const Pattern near("^ ?(to|until|till|and|through|-|\xE2\x80\x93) ?(?:the )?(?:[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?)?" + std::string(month_words));
  return point.kind == TimePoint::Kind::month_without_year && !near.in(text.substr(point.end));
}

/// The year of a law or of a reference is no time asked about.
bool belongs_to_a_name(std::string_view text, const TimePoint& point) {
  static const Pattern before(
      "(act|regulations?|rules|order|code|convention|directive|foi|ref(erence)?( (no|number))?[.:]?|complaint of|letter (of|dated)|e-?mail (of|dated)|request "
      "(of|dated)|dated) ?[(]?$");
  if (point.at > 0) {
    const char previous = text[point.at - 1];
    if (std::isalnum(static_cast<unsigned char>(previous)) != 0 || previous == '-' || previous == '/' || previous == '.' || previous == ',') return true;
  }
  if (point.end < text.size() && (text[point.end] == '-' || text[point.end] == '/') && point.end + 1 < text.size() &&
      std::isalnum(static_cast<unsigned char>(text[point.end + 1])) != 0 && point.kind == TimePoint::Kind::year)
    return std::isdigit(static_cast<unsigned char>(text[point.end + 1])) == 0 || point.end + 5 > text.size();
  const std::size_t from = point.at > 24 ? point.at - 24 : 0;
  return before.in(text.substr(from, point.at - from));
}

std::vector<TimePoint> points_in(std::string_view text) {
  const YearForm form = year_form(text);
  std::vector<TimePoint> points;
  for (std::size_t i = 0; i < text.size();) {
    const bool could_begin = std::isalnum(static_cast<unsigned char>(text[i])) != 0 && (i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0);
    const auto point = could_begin ? point_at(text, i, form) : std::nullopt;
    if (!point) {
      ++i;
      continue;
    }
    i = point->end;
    if (!belongs_to_a_name(text, *point) && !is_bare_may(*point, text)) points.push_back(*point);
  }
  // "May to September 2023": the year stands behind the last month.
  for (std::size_t i = points.size(); i-- > 0;) {
    if (points[i].kind != TimePoint::Kind::month_without_year) continue;
    if (i + 1 == points.size() || points[i + 1].kind == TimePoint::Kind::month_without_year) {
      points.erase(points.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    points[i].first = points[i].last = points[i + 1].first.year() / points[i].first.month();
    if (points[i].first > points[i + 1].last) points[i].first = points[i].last = points[i].first - std::chrono::years{1};
    points[i].kind = TimePoint::Kind::month;
  }
  return points;
}

int count_of(std::string_view words) {
  static constexpr std::array<std::string_view, 13> names{"",      "one",   "two",  "three", "four",   "five",  "six",
                                                          "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  if (std::isdigit(static_cast<unsigned char>(words[0])) != 0) return number(words);
  for (std::size_t i = 1; i < names.size(); ++i)
    if (words.size() == names[i].size() && std::tolower(static_cast<unsigned char>(words[0])) == names[i][0] &&
        std::tolower(static_cast<unsigned char>(words[1])) == names[i][1])
      return static_cast<int>(i);
  return 1;
}

std::optional<AskedPeriod> relative_in(std::string_view text, Month now) {
  static const Pattern back(
      "\\b(?:last|past|previous|preceding|most recent) (?:full |complete )?((?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
      ")?(?:full |complete |calendar |financial |academic |fiscal )?(years?|months?|quarters?)\\b");
  const auto found = back.find(text);
  if (!found) return std::nullopt;
  // "The same as last year" and "last year you answered" speak of an earlier letter.
  static const Pattern earlier_letter("\\b(?:as|than|like|to) (?:in |for |that of )?(?:the )?$");
  static const Pattern you("^,? (?:you|i|we)\\b");
  if (found->groups[0].empty() && (earlier_letter.in(text.substr(0, found->at)) || you.in(text.substr(found->end())))) return std::nullopt;
  const int n = found->groups[0].empty() ? 1 : count_of(found->groups[0].substr(0, found->groups[0].size() - 1));
  const char unit = static_cast<char>(std::tolower(static_cast<unsigned char>(found->groups[1][0])));
  const int length = std::min(n, 1000) * (unit == 'y' ? 12 : unit == 'q' ? 3 : 1);
  return AskedPeriod{AskedPeriod::Form::relative, now - months{length}, now, std::string(text.substr(found->at, found->length)), false};
}

bool opens_before(std::string_view text, const TimePoint& point) {
  static const Pattern since(
      "(since|from|after|starting( in| from)?|beginning|onwards from)( the)?( (start|beginning) of)?( (calendar|financial|academic|fiscal|tax))?( year)? ?$");
  return since.in(text.substr(point.at > 60 ? point.at - 60 : 0, std::min<std::size_t>(point.at, 60)));
}

}  // namespace

std::optional<AskedPeriod> period_in(std::string_view sentence, base::Date received) {
  static const Pattern unbounded("\\b(since|from) (its|the|their) (very )?(start|commencement|beginning|inception|launch|first day|introduction)\\b[^,.;?]*");
  static const Pattern only_list("^[ ,]*(and|or|&)?[ ,]*(in |for )?$");
  const Month now = received.year() / received.month();
  const auto points = points_in(sentence);
  if (points.empty()) {
    if (auto relative = relative_in(sentence, now)) return relative;
    if (const auto found = unbounded.find(sentence))
      return AskedPeriod{AskedPeriod::Form::unbounded, {}, {}, std::string(sentence.substr(found->at, found->length)), false};
    return std::nullopt;
  }
  AskedPeriod period{AskedPeriod::Form::stated, points[0].first, points[0].last, {}, points.size() > 1};
  for (std::size_t i = 0; i < points.size(); ++i) {
    period.first = std::min(period.first, points[i].first);
    period.last = std::max(period.last, points[i].last);
    const bool is_plain_year = points[i].kind == TimePoint::Kind::year || points[i].kind == TimePoint::Kind::span;
    const bool listed = i == 0 || only_list.in(sentence.substr(points[i - 1].end, points[i].at - points[i - 1].end));
    period.is_list_of_years = period.is_list_of_years && is_plain_year && listed;
  }
  static const Pattern between("\\bbetween\\b");
  if (period.is_list_of_years && points.size() == 2 && between.in(sentence.substr(0, points[0].at))) period.is_list_of_years = false;
  period.words = std::string(sentence.substr(points.front().at, points.back().end - points.front().at));
  if (points.size() == 1 && opens_before(sentence, points[0]) && period.first <= now) {
    period.form = AskedPeriod::Form::open;
    period.last = now;
  }
  if (period.last - period.first > months{1199}) return std::nullopt;
  return period;
}

std::string to_text(Month month) { return fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month())); }

}  // namespace candour::casework::intake
