#include "synthetic_register.hpp"

#include <candour/table/code_pieces.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

namespace candour::test_support {
namespace {

using table::Release;
using table::ReleasedCategory;
using table::ReleasedTable;
using table::ReleasedVariable;

constexpr int kinds = 10, of_each_kind = 6;
constexpr int wards = 24, pieces = 48;  // a ward is two pieces; some have a third one of few people
const std::vector<std::string> kind_names{"later extract",    "age bands", "periods",    "areas",   "finer areas",
                                          "nested questions", "corrected", "percentage", "average", "hidden"};

std::int64_t day_number(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)).time_since_epoch().count();
}
base::Date date_of(std::int64_t day) { return base::Date(std::chrono::sys_days(std::chrono::days(day))); }
// Months count from January 2022.
std::int64_t first_of_month(int month) { return day_number(2022 + month / 12, static_cast<unsigned>(month % 12 + 1), 1); }
std::int64_t last_of_month(int month) { return first_of_month(month + 1) - 1; }
std::string month_code(int month) { return fmt::format("{}-{:02}", 2022 + month / 12, month % 12 + 1); }

int rare_age(int k) { return 28 + 10 * k; }
// The last day of every third month.
std::int64_t rare_day(int k) { return last_of_month(3 * k + 2); }
int late_month(int k) { return 3 * k + 1; }
int rare_piece(int ward) { return pieces + ward; }
std::string piece_code(int piece) { return fmt::format("o{:02}", piece); }
std::string site_code(int site) { return fmt::format("s{:02}", site); }
// Wards 0, 2, ... 10 have a third piece for "areas"; 12 to 17 for "finer areas".
bool has_rare_piece(int ward) { return (ward < 12 && ward % 2 == 0) || (ward >= 12 && ward < 18); }

std::vector<std::string> ward_codes(int ward) {
  std::vector<std::string> codes{piece_code(2 * ward), piece_code(2 * ward + 1)};
  if (has_rare_piece(ward)) codes.push_back(piece_code(rare_piece(ward)));
  return codes;
}

ReleasedVariable with_total(ReleasedVariable variable) {
  ReleasedCategory total{"Total", "", {}};
  for (const ReleasedCategory& category : variable.categories) total.codes.insert(total.codes.end(), category.codes.begin(), category.codes.end());
  variable.categories.insert(variable.categories.begin(), std::move(total));
  return variable;
}

ReleasedVariable by_months(int end) {
  ReleasedVariable variable{"day", {}};
  for (int month = 0; month < end; ++month) variable.categories.push_back({month_code(month), month_code(month), {month_code(month)}});
  return with_total(std::move(variable));
}
ReleasedVariable by_quarters(int end) {
  ReleasedVariable variable{"day", {}};
  for (int quarter = 0; 3 * quarter + 2 < end; ++quarter) {
    const std::string code = fmt::format("{}-Q{}", 2022 + quarter / 4, quarter % 4 + 1);
    variable.categories.push_back({code, code, {code}});
  }
  return with_total(std::move(variable));
}
ReleasedVariable by_ages(int width) {
  ReleasedVariable variable{"age", {}};
  for (int first = 18; first < 98; first += width) {
    const std::string code = fmt::format("{}-{}", first, first + width - 1);
    variable.categories.push_back({code, code, {code}});
  }
  return with_total(std::move(variable));
}
ReleasedVariable by_areas(int wards_together) {
  ReleasedVariable variable{"area", {}};
  for (int first = 0; first < wards; first += wards_together) {
    ReleasedCategory category{wards_together == 1 ? fmt::format("ward {}", first) : fmt::format("wards {} to {}", first, first + wards_together - 1), "", {}};
    for (int ward = first; ward < first + wards_together; ++ward) {
      const std::vector<std::string> codes = ward_codes(ward);
      category.codes.insert(category.codes.end(), codes.begin(), codes.end());
    }
    variable.categories.push_back(std::move(category));
  }
  return with_total(std::move(variable));
}
ReleasedVariable only(const std::string& variable, const std::string& code) { return {variable, {{code, "", {code}}}}; }

ReleasedTable table_of(std::string counted, std::vector<ReleasedVariable> by, std::vector<ReleasedVariable> limited_to) {
  std::string among = counted == "stopped" ? "" : counted == "arrested" ? "stopped" : "arrested";
  return {"t", counted + " people", std::move(counted), std::move(among), std::move(by), std::move(limited_to), {}, 0};
}

const std::string whole_period = "2022-01..2023-12";
const std::int64_t last_extract = day_number(2023, 12, 31);

}  // namespace

SyntheticPopulation::SyntheticPopulation(const SyntheticOrder& order) : order_(order) {
  std::mt19937_64 dice(order.seed);
  const auto below = [&](int end) { return static_cast<int>(dice() % static_cast<std::uint64_t>(end)); };
  std::set<int> rare_ages;
  std::set<std::int64_t> rare_days;
  for (int k = 0; k < of_each_kind; ++k) {
    rare_ages.insert(rare_age(k));
    rare_days.insert(rare_day(k));
  }
  const auto ordinary = [&] {
    SyntheticRecord record;
    do record.day = first_of_month(0) + below(730);
    while (rare_days.contains(record.day));
    do record.age = 18 + below(80);
    while (rare_ages.contains(record.age));
    record.area = below(pieces);
    record.is_arrested = below(5) < 2;
    record.is_cautioned = record.is_arrested && below(2) == 0;
    int month = 0;
    while (last_of_month(month) < record.day) ++month;
    record.seen_on = last_of_month(month);
    return record;
  };
  const auto add = [&](int how_many, const std::function<void(SyntheticRecord&)>& change) {
    for (int i = 0; i < how_many; ++i) {
      SyntheticRecord record = ordinary();
      change(record);
      records_.push_back(record);
    }
  };
  for (std::size_t i = 0; i < order.records; ++i) records_.push_back(ordinary());
  const auto in_quiet_month = [](SyntheticRecord& record) {
    record.day = first_of_month(0) + 9;
    record.seen_on = last_of_month(0);
    record.age = 30;
    record.area = 2 * 20;
  };
  for (int k = 0; k < of_each_kind; ++k) {
    add(3, [&](SyntheticRecord& r) {
      r.day = first_of_month(late_month(k)) + 4;
      r.age = 50;
      r.seen_on = last_of_month(24 + k);
    });
    add(3, [&](SyntheticRecord& r) { r.age = rare_age(k); });
    add(2, [&](SyntheticRecord& r) {
      r.day = rare_day(k);
      r.seen_on = r.day;
    });
    add(3, [&](SyntheticRecord& r) { r.area = rare_piece(2 * k); });
    add(4, [&](SyntheticRecord& r) { r.area = rare_piece(12 + k); });
    const auto at_site = [&](int kind, int how_many, bool is_arrested) {
      add(how_many, [&](SyntheticRecord& r) {
        in_quiet_month(r);
        r.site = kind * of_each_kind + k + 1;
        r.is_arrested = is_arrested;
        r.is_cautioned = false;
      });
    };
    at_site(5, 57, true);  // nested: all but three arrested
    at_site(5, 3, false);
    at_site(6, 60, true);  // corrected: two more than first counted
    at_site(6, 2, true);
    records_.back().is_correction = (records_.end() - 2)->is_correction = true;
    at_site(7, 3, true);  // percentage: 3 of 29
    at_site(7, 26, false);
    at_site(8, 3, true);  // average: 60 stopped, 20.0 for each arrested
    at_site(8, 57, false);
    at_site(9, 40, true);  // hidden: three of another age
    at_site(9, 3, false);
    for (auto record = records_.end() - 3; record != records_.end(); ++record) record->age = 31;
  }
}

void SyntheticPopulation::count(ReleasedTable& table, base::Date extracted_on, bool with_corrections) const {
  const std::int64_t extract = std::chrono::sys_days(extracted_on).time_since_epoch().count();
  // What each value of a variable belongs to: categories of `by` variables, or whether it is inside a limit.
  const auto value_of = [](const SyntheticRecord& record, const std::string& variable) -> std::int64_t {
    return variable == "day" ? record.day : variable == "age" ? record.age : variable == "area" ? record.area : record.site;
  };
  const auto holds = [](const std::string& variable, const std::string& code, std::int64_t value) {
    if (variable == "day" || variable == "age") {
      const auto range = variable == "day" ? table::day_range(code) : table::number_range(code);
      return range && range->first <= value && value <= range->last;
    }
    return code == (variable == "area" ? piece_code(static_cast<int>(value)) : site_code(static_cast<int>(value)));
  };
  std::map<std::pair<std::string, std::int64_t>, std::vector<std::size_t>> categories_of;  // by variable and value, filled when first met
  const auto categories = [&](const ReleasedVariable& variable, std::int64_t value) -> const std::vector<std::size_t>& {
    const auto [at, is_new] = categories_of.try_emplace({variable.name, value});
    for (std::size_t c = 0; is_new && c < variable.categories.size(); ++c) {
      const auto& codes = variable.categories[c].codes;
      if (codes.empty() || std::any_of(codes.begin(), codes.end(), [&](const std::string& code) { return holds(variable.name, code, value); }))
        at->second.push_back(c);
    }
    return at->second;
  };
  std::map<std::pair<std::string, std::int64_t>, bool> limits;
  std::size_t cells = 1;
  for (const ReleasedVariable& variable : table.by) cells *= variable.categories.size();
  std::vector<std::int64_t> counts(cells);
  for (const SyntheticRecord& record : records_) {
    if (record.seen_on > extract || (record.is_correction && !with_corrections && extract <= last_extract)) continue;
    if ((table.counted == "arrested" && !record.is_arrested) || (table.counted == "cautioned" && !record.is_cautioned)) continue;
    bool is_inside = true;
    for (const ReleasedVariable& limit : table.limited_to) {
      const std::int64_t value = value_of(record, limit.name);
      const auto [at, is_new] = limits.try_emplace({limit.name, value});
      if (is_new) {
        const auto& codes = limit.categories.front().codes;
        at->second = std::any_of(codes.begin(), codes.end(), [&](const std::string& code) { return holds(limit.name, code, value); });
      }
      is_inside = is_inside && at->second;
    }
    if (!is_inside) continue;
    std::vector<std::size_t> at{0};
    for (const ReleasedVariable& variable : table.by) {
      std::vector<std::size_t> finer;
      for (const std::size_t category : categories(variable, value_of(record, variable.name)))
        for (const std::size_t cell : at) finer.push_back(cell * variable.categories.size() + category);
      at = std::move(finer);
    }
    for (const std::size_t cell : at) ++counts[cell];
  }
  table.cells.clear();
  for (const std::int64_t count : counts) table.cells.push_back({count, count, false});
}

namespace {

// Makes releases of a population; the counts come from it.
class RegisterWriter {
 public:
  RegisterWriter(const SyntheticPopulation& population, const SyntheticOrder& order) : population_(population), dice_(order.seed + 17) {}

  Release release(const std::string& id, std::int64_t extracted, std::vector<ReleasedTable> tables, const std::string& corrects = "") {
    Release release{id, "Stops in the town", "stops", date_of(extracted + 20), date_of(extracted), corrects, "import", "", "", std::move(tables), {}};
    int number = 0;
    for (ReleasedTable& table : release.tables) {
      table.id = fmt::format("t{}", ++number);
      population_.count(table, release.extracted_on, !corrects.empty());
    }
    return release;
  }

  Release standard() {
    return release("R-0000", last_extract,
                   {table_of("stopped", {by_months(24)}, {only("day", whole_period)}), table_of("stopped", {by_quarters(24)}, {}),
                    table_of("stopped", {by_ages(10)}, {only("day", whole_period)}), table_of("stopped", {by_areas(1)}, {only("day", whole_period)})});
  }

  Release certified(const std::string& id) {
    const int months = 12 + below(13);
    const std::string period = fmt::format("2022-01..{}", month_code(months - 1));
    static const std::vector<std::string> counted{"stopped", "arrested", "cautioned"};
    std::vector<ReleasedTable> tables;
    const int how_many = 1 + below(3);
    for (int t = 0; t < how_many; ++t) {
      const std::string& what = counted[static_cast<std::size_t>(below(3))];
      const std::string limit = below(3) == 0 ? fmt::format("2022-Q{}", 1 + below(4)) : below(2) == 0 ? "2022" : period;
      switch (below(7)) {
        case 0: tables.push_back(table_of(what, {by_months(months)}, {})); break;
        case 1: tables.push_back(table_of(what, {by_ages(below(2) == 0 ? 10 : 20)}, {only("day", limit)})); break;
        case 2: tables.push_back(table_of(what, {by_areas(1 + below(2))}, {only("day", limit)})); break;
        case 3: tables.push_back(table_of(what, {by_quarters(months), by_ages(20)}, {})); break;
        case 4: tables.push_back(table_of(what, {by_quarters(months), by_areas(6)}, {})); break;
        case 5: tables.push_back(table_of(what, {by_ages(20), by_areas(4)}, {only("day", limit)})); break;
        default: tables.push_back(table_of(what, {}, {only("day", limit)})); break;
      }
    }
    return release(id, last_of_month(months - 1), std::move(tables));
  }

  // The releases of the k-th leak of a kind; the leak is among them and the standard release.
  std::vector<Release> planted(int kind, int k, PlantedLeak& leak) {
    const std::string id = fmt::format("P-{}-{}", kind, k);
    leak = {kind_names[static_cast<std::size_t>(kind)], {id}, 3, 3};
    const std::string site = site_code(kind * of_each_kind + k + 1);
    switch (kind) {
      case 0: return {release(id, last_of_month(24 + k), {table_of("stopped", {}, {only("day", month_code(late_month(k)))})})};
      case 1:
        return {release(id, last_extract, {table_of("stopped", {{"age", {{"", "", {fmt::format("18-{}", rare_age(k))}}}}}, {only("day", whole_period)})})};
      case 2: {
        leak.lowest = leak.highest = 2;
        const std::string day = base::to_iso(date_of(rare_day(k) - 1));
        return {release(id, last_extract, {table_of("stopped", {}, {only("day", fmt::format("{}..{}", month_code(3 * k), day))})})};
      }
      case 3: {  // two beats that lie across two wards, and hold all of them but the third piece of one
        const int first = 4 * k;
        ReleasedVariable beats{"area",
                               {{"beat a", "", {piece_code(first), piece_code(first + 2)}}, {"beat b", "", {piece_code(first + 1), piece_code(first + 3)}}}};
        return {release(id, last_extract, {table_of("stopped", {std::move(beats)}, {only("day", whole_period)})})};
      }
      case 4: {
        leak.lowest = leak.highest = 4;
        const int first = 2 * (12 + k);
        ReleasedVariable finer{"area", {{piece_code(first), "", {piece_code(first)}}, {piece_code(first + 1), "", {piece_code(first + 1)}}}};
        return {release(id, last_extract, {table_of("stopped", {std::move(finer)}, {only("day", whole_period)})})};
      }
      case 5:
        leak.releases.push_back(id + "b");
        return {release(id, last_extract, {table_of("stopped", {}, {only("site", site)})}),
                release(id + "b", last_extract, {table_of("arrested", {}, {only("site", site)})})};
      case 6:
        leak.lowest = leak.highest = 2;
        leak.releases.push_back(id + "b");
        return {release(id, last_extract, {table_of("stopped", {}, {only("site", site)})}),
                release(id + "b", last_extract, {table_of("stopped", {}, {only("site", site)})}, id)};
      case 7: return {percentage(id, site, leak)};
      case 8: return {average(id, site)};
      default: return hidden(id, site, leak);
    }
  }

  // "Of those stopped there (at most 40) 10.3 % were arrested": 3 of 29 or 4 of 39.
  Release percentage(const std::string& id, const std::string& site, PlantedLeak& leak) {
    leak.highest = 4;
    Release made = release(id, last_extract, {table_of("stopped", {}, {only("site", site)}), table_of("arrested", {}, {only("site", site)})});
    made.tables[0].cells = {{0, 40, false}};
    made.tables[1].cells = {{0, -1, false}};
    made.ratios = {{table::ReleasedRatio::Kind::per_cent, {1, 0}, {0, 0}, 1, 103}};
    return made;
  }

  // "60 stopped: 20.0 for each arrested."
  Release average(const std::string& id, const std::string& site) {
    Release made = release(id, last_extract, {table_of("stopped", {}, {only("site", site)}), table_of("arrested", {}, {only("site", site)})});
    made.tables[1].cells = {{0, -1, false}};
    made.ratios = {{table::ReleasedRatio::Kind::average, {0, 0}, {1, 0}, 1, 200}};
    return made;
  }

  // A table by what became of people, with the small row hidden; the other release has the total.
  std::vector<Release> hidden(const std::string& id, const std::string& site, PlantedLeak& leak) {
    leak.releases.push_back(id + "b");
    Release first =
        release(id, last_extract, {table_of("stopped", {{"age", {{"30", "30", {"30"}}, {"all others", "", {"18-29", "31-97"}}}}}, {only("site", site)})});
    first.tables[0].cells[1] = {1, std::numeric_limits<std::int64_t>::max(), true};
    return {first, release(id + "b", last_extract, {table_of("stopped", {}, {only("site", site)})})};
  }

 private:
  int below(int end) { return static_cast<int>(dice_() % static_cast<std::uint64_t>(end)); }
  const SyntheticPopulation& population_;
  std::mt19937_64 dice_;
};

}  // namespace

SyntheticRegister SyntheticPopulation::make_register() const {
  RegisterWriter writer(*this, order_);
  SyntheticRegister made;
  made.releases.push_back(writer.standard());
  std::size_t next = 0;
  const auto plant = [&] {
    PlantedLeak leak;
    for (Release& release : writer.planted(static_cast<int>(next % kinds), static_cast<int>(next / kinds), leak)) made.releases.push_back(std::move(release));
    made.leaks.push_back(std::move(leak));
    ++next;
  };
  for (std::size_t i = 1; i < order_.certified; ++i) {
    made.releases.push_back(writer.certified(fmt::format("R-{:04}", i)));
    while (next < order_.leaks && next * order_.certified < i * order_.leaks) plant();
  }
  while (next < order_.leaks) plant();
  return made;
}

Release SyntheticPopulation::fitting_answer() const {
  RegisterWriter writer(*this, order_);
  return writer.release(
      "NEW", last_extract,
      {table_of("stopped", {by_quarters(24), by_ages(20)}, {}), table_of("arrested", {by_ages(20), by_areas(6)}, {only("day", whole_period)})});
}

Release SyntheticPopulation::leaking_answer() const {
  RegisterWriter writer(*this, order_);
  const std::string band = fmt::format("18-{}", rare_age(of_each_kind - 1));
  return writer.release("NEW", last_extract, {table_of("stopped", {{"age", {{band, "", {band}}}}}, {only("day", whole_period)})});
}

}  // namespace candour::test_support
