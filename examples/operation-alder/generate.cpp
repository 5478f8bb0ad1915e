// Writes the records of the fictional Operation Alder: the same seed gives the same bytes on every machine.
//
//   generate_operation_alder --seed N --out FOLDER
//
// One road, 63 people who are seen again and again over 30 months, and what happened to them: a tally of the people counted (only from a later month on),
// custody records (arrests, some for other offences or other operations, and what became of them), and stop and search records of the operation.
// Nobody in them exists. Every arrest under the operation is also in the tally of its month, so that the questions are nested: counted, arrested, cautioned.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

// SplitMix64 and plain arithmetic: the distributions of the standard library differ from one library to another.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  int below(int end) { return static_cast<int>(bits() % static_cast<std::uint64_t>(end)); }
  int between(int lowest, int highest) { return lowest + below(highest - lowest + 1); }
  bool chance(int of_thousand) { return below(1000) < of_thousand; }
  // How many of `tries` tries with `of_thousand` chances in a thousand succeed.
  int successes(int tries, int of_thousand) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += chance(of_thousand) ? 1 : 0;
    return count;
  }

 private:
  std::uint64_t state_;
};

struct Ethnicity {
  const char* group;     // as the officers' tally writes it
  const char* recorded;  // as the custody record writes it: the person's own words from a list
  const char* nationality;
  int people;  // of the 63
};
constexpr std::array<Ethnicity, 14> ethnicities{{{"white", "White - British", "British", 26},
                                                 {"white", "White - Irish", "Irish", 3},
                                                 {"white", "White - Any other White background", "Polish", 5},
                                                 {"white", "White - Any other White background", "Romanian", 4},
                                                 {"mixed", "Mixed - White and Black Caribbean", "British", 3},
                                                 {"mixed", "Mixed - Any other Mixed background", "British", 2},
                                                 {"black", "Black - Caribbean", "British", 4},
                                                 {"black", "Black - African", "British", 3},
                                                 {"black", "Black - African", "Somali", 2},
                                                 {"asian", "Asian - Pakistani", "British", 3},
                                                 {"asian", "Asian - Bangladeshi", "British", 2},
                                                 {"asian", "Asian - Indian", "Indian", 1},
                                                 {"other", "Any other ethnic group", "Brazilian", 2},
                                                 {"not-stated", "", "British", 3}}};

struct Person {
  std::string number;
  sys_days born;
  Ethnicity ethnicity;
  int first_month, last_month;  // counted from the operation's start
  int contacts_in_thousand;     // chance of a contact on one of eight evenings of a month
};

constexpr year_month first_month = std::chrono::year{2021} / std::chrono::October;
constexpr int month_count = 30;
constexpr int first_counted_month = 7;                 // May 2022
constexpr std::array<int, 3> idle_months{20, 21, 22};  // June to August 2023
constexpr int evenings = 8;

year_month month_at(int index) { return first_month + std::chrono::months{index}; }
bool runs(int month) { return std::ranges::find(idle_months, month) == idle_months.end(); }

std::string padded(int number, int width) {
  std::string text = std::to_string(number);
  return std::string(static_cast<std::size_t>(std::max(0, width - static_cast<int>(text.size()))), '0') + text;
}
std::string iso_day(year_month_day day) {
  return padded(static_cast<int>(day.year()), 4) + "-" + padded(static_cast<int>(static_cast<unsigned>(day.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(day.day())), 2);
}

sys_days last_sunday(std::chrono::year year, std::chrono::month month) { return sys_days{year / month / std::chrono::Sunday[std::chrono::last]}; }
// British clocks are an hour ahead of UTC from the last Sunday of March to the last Sunday of October, changing at 01:00 UTC.
bool summer_time(std::chrono::sys_seconds moment) {
  const auto year = year_month_day{std::chrono::floor<days>(moment)}.year();
  return moment >= last_sunday(year, std::chrono::March) + hours{1} && moment < last_sunday(year, std::chrono::October) + hours{1};
}
// A local evening as a stamp in UTC; after 23:00 in summer the two fall into different days.
std::string utc_stamp(sys_days day, minutes after_midnight) {
  const std::chrono::sys_seconds local = day + after_midnight;
  const std::chrono::sys_seconds moment = summer_time(local - hours{1}) ? local - hours{1} : local;
  const sys_days utc_day = std::chrono::floor<days>(moment);
  const int minute = static_cast<int>(std::chrono::duration_cast<minutes>(moment - utc_day).count());
  return iso_day(utc_day) + "T" + padded(minute / 60, 2) + ":" + padded(minute % 60, 2) + ":00Z";
}

int age_on(sys_days day, sys_days born) {
  const year_month_day today{day};
  const year_month_day birth{born};
  const int years = static_cast<int>(today.year()) - static_cast<int>(birth.year());
  return std::pair{today.month(), today.day()} < std::pair{birth.month(), birth.day()} ? years - 1 : years;
}
std::string age_band(int age) { return age < 18 ? "under-18" : age < 25 ? "18-24" : age < 35 ? "25-34" : age < 45 ? "35-44" : "45-and-over"; }

std::vector<Person> make_people(Dice& dice) {
  std::vector<Person> made;
  for (const Ethnicity& ethnicity : ethnicities)
    for (int i = 0; i < ethnicity.people; ++i) {
      // Some stay for all of the 30 months, some for a few.
      int first = dice.chance(550) ? 0 : dice.below(month_count - 4);
      if (!runs(first)) first = idle_months.back() + 1;
      const int last = dice.chance(600) ? month_count - 1 : std::min(month_count - 1, first + dice.between(5, 14));
      const int age = dice.chance(250) ? dice.between(19, 24) : dice.chance(450) ? dice.between(25, 34) : dice.between(30, 57);
      const sys_days born = sys_days{(month_at(0).year() - std::chrono::years{age}) / std::chrono::January / 1} + days{dice.below(365)};
      made.push_back({"P" + std::to_string(dice.between(100, 999)) + padded(static_cast<int>(made.size()) * 37 % 63, 2), born, ethnicity, first, last,
                      dice.between(30, 180)});
    }
  return made;
}

struct Arrest {
  sys_days day;
  minutes time;
  const Person* person;
  std::string offence, disposal, operation;
};

std::string disposal_of(Dice& dice) {
  const int draw = dice.below(100);
  return draw < 36 ? "caution" : draw < 57 ? "conditional caution" : draw < 84 ? "charged" : "no further action";
}

using Tally = std::map<std::tuple<std::string, std::string, std::string>, int>;

// Everything that happens on the road: contacts, and the arrests that some of them end in.
void live_through(const std::vector<Person>& road, int arrests_in_thousand, Dice& dice, Tally& tally, std::vector<Arrest>& arrests) {
  for (int month = 0; month < month_count; ++month)
    for (const Person& person : road) {
      if (month < person.first_month || month > person.last_month) continue;
      // Everybody is met at least once, in their first month.
      const int contacts = runs(month) ? std::max(month == person.first_month ? 1 : 0, dice.successes(evenings, person.contacts_in_thousand)) : 0;
      for (int contact = 0; contact < contacts; ++contact) {
        const int length = static_cast<int>(static_cast<unsigned>((month_at(month) / std::chrono::last).day()));
        const sys_days day = sys_days{month_at(month) / 1} + days{dice.below(length)};
        if (month >= first_counted_month) ++tally[{iso_day(day).substr(0, 7), age_band(age_on(day, person.born)), person.ethnicity.group}];
        // From 19:00 to 23:59, and a few just after midnight.
        const minutes time = dice.chance(120) ? minutes{dice.below(90)} : hours{19} + minutes{dice.below(300)};
        if (dice.chance(arrests_in_thousand))
          arrests.push_back(
              {day, time, &person, dice.chance(640) ? "begging in a public place" : "trading in the street, without a licence", disposal_of(dice), "ALDER"});
        else if (dice.chance(25))
          arrests.push_back({day, time, &person, dice.chance(500) ? "theft from a shop" : "criminal damage", disposal_of(dice), "ALDER"});
      }
      // The same people are arrested elsewhere too, under no operation.
      if (dice.chance(20))
        arrests.push_back({sys_days{month_at(month) / 1} + days{dice.below(28)}, hours{15}, &person, "begging in a public place", disposal_of(dice), ""});
    }
  std::ranges::sort(arrests, {}, [](const Arrest& arrest) { return std::tuple{arrest.day, arrest.time, arrest.person->number}; });
}

std::string csv_field(std::string_view text) { return text.find(',') == std::string_view::npos ? std::string(text) : "\"" + std::string(text) + "\""; }

std::string tally_csv(const Tally& tally) {
  std::string text = "month,age_band,ethnicity,people_counted\n";
  for (const auto& [key, count] : tally) text += std::get<0>(key) + "," + std::get<1>(key) + "," + std::get<2>(key) + "," + std::to_string(count) + "\n";
  return text;
}

std::string custody_csv(const std::vector<Arrest>& arrests, Dice& dice) {
  std::string text = "custody_number,person_number,arrested_at,age,self_defined_ethnicity,nationality,offence,disposal,operation\n";
  int number = 41000;
  for (const Arrest& arrest : arrests) {
    number += dice.between(1, 30);
    text += "C" + std::to_string(number) + "," + arrest.person->number + "," + utc_stamp(arrest.day, arrest.time) + "," +
            std::to_string(age_on(arrest.day, arrest.person->born)) + "," + csv_field(arrest.person->ethnicity.recorded) + "," +
            arrest.person->ethnicity.nationality + "," + csv_field(arrest.offence) + "," + arrest.disposal + "," + arrest.operation + "\n";
  }
  return text;
}

// Searches of anybody on the road; the records do not say who. Written by an old system: semicolons, Windows-1252, dates as dd/mm/yyyy.
std::string searches_csv(int searches_a_month, Dice& dice) {
  constexpr std::array places{"outside the caf\xE9", "by the bus shelter", "under the bridge", "at the market gate"};
  constexpr std::array objects{"drugs", "stolen property", "offensive weapon", "articles for theft"};
  constexpr std::array results{"no further action", "no further action", "no further action", "arrest", "community resolution", "warning"};
  constexpr std::array<std::pair<const char*, int>, 6> groups{{{"white", 560}, {"black", 170}, {"asian", 130}, {"mixed", 50}, {"other", 30}, {"", 60}}};
  std::string text = "search_number;date;time;age;ethnicity;object;outcome;place;operation\r\n";
  int number = 7000;
  for (int month = 5; month < month_count; ++month) {
    const int count = runs(month) ? dice.between(searches_a_month / 2, searches_a_month * 3 / 2) : 0;
    for (int i = 0; i < count; ++i) {
      const year_month_day day{sys_days{month_at(month) / 1} + days{dice.below(28)}};
      const int age = dice.chance(40) ? dice.between(15, 17) : dice.chance(450) ? dice.between(18, 26) : dice.between(24, 60);
      int draw = dice.below(1000);
      const char* group = "";
      for (const auto& [name, share] : groups) {
        if (draw < share) {
          group = name;
          break;
        }
        draw -= share;
      }
      number += dice.between(1, 9);
      const std::string iso = iso_day(day);
      text += "S" + std::to_string(number) + ";" + iso.substr(8) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4) + ";" + padded(dice.between(17, 23), 2) +
              ":" + padded(dice.below(60), 2) + ";" + std::to_string(age) + ";" + group + ";" + objects[static_cast<std::size_t>(dice.below(4))] + ";" +
              results[static_cast<std::size_t>(dice.below(6))] + ";" + places[static_cast<std::size_t>(dice.below(4))] + ";" +
              (dice.chance(900) ? "ALDER" : "") + "\r\n";
    }
  }
  return text;
}

bool write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  return !out.fail();
}

}  // namespace

int main(int argument_count, char** arguments) {
  std::uint64_t seed = 0;
  std::filesystem::path folder;
  bool understood = argument_count == 5;
  for (int i = 1; understood && i + 1 < argument_count; i += 2) {
    const std::string_view value = arguments[i + 1];
    if (std::string_view(arguments[i]) == "--seed")
      understood = std::from_chars(value.data(), value.data() + value.size(), seed).ptr == value.data() + value.size() && !value.empty();
    else if (std::string_view(arguments[i]) == "--out") folder = value;
    else understood = false;
  }
  if (!understood || folder.empty()) {
    std::fputs("usage: generate_operation_alder --seed N --out FOLDER\n", stderr);
    return 2;
  }
  Dice dice(seed * 0x2545F4914F6CDD1DULL + 1);
  const int arrests_in_thousand = dice.between(60, 200);
  const int searches_a_month = dice.between(6, 24);
  const std::vector<Person> road = make_people(dice);
  Tally tally;
  std::vector<Arrest> arrests;
  live_through(road, arrests_in_thousand, dice, tally, arrests);
  std::error_code status;
  std::filesystem::create_directories(folder, status);
  if (!write(folder / "tally.csv", tally_csv(tally)) || !write(folder / "custody.csv", custody_csv(arrests, dice)) ||
      !write(folder / "searches.csv", searches_csv(searches_a_month, dice))) {
    std::fprintf(stderr, "generate_operation_alder: %s cannot be written\n", folder.c_str());
    return 1;
  }
  return 0;
}
