#include <candour/holdings/open_holding.hpp>

#include <candour/holdings/databases.hpp>
#include <candour/holdings/workbook_holding.hpp>

#include <string_view>
#include <utility>

namespace candour::holdings {
namespace {

bool ends_in(std::string_view text, std::string_view ending) { return text.size() > ending.size() && text.ends_with(ending); }

}  // namespace

base::Result<HoldingLocation> locate_holding(const std::string& text) {
  HoldingLocation located;
  const auto mark = text.rfind('#');
  const std::string before = text.substr(0, mark);
  const std::string table = mark == std::string::npos ? std::string() : text.substr(mark + 1);
  located.location = before;
  located.table = table;
  if (before.starts_with("postgresql:") || before.starts_with("postgres:")) {
    located.form = HoldingForm::postgresql;
    if (before == "postgresql:" || before == "postgres:") located.location.clear();
  } else if (before.starts_with("clickhouse:")) {
    located.form = HoldingForm::clickhouse;
    if (before == "clickhouse:") located.location.clear();
  } else if (before.starts_with("sqlite:")) {
    located.form = HoldingForm::sqlite;
    located.location = before.substr(7);
  } else if (ends_in(before, ".sqlite") || ends_in(before, ".sqlite3") || ends_in(before, ".db")) {
    located.form = HoldingForm::sqlite;
  } else if (ends_in(before, ".xlsx") || ends_in(before, ".ods")) {
    located.form = HoldingForm::workbook;
    return located;
  } else {
    located.location = text;  // a file name may hold the mark
    located.table.clear();
    return located;
  }
  if (located.table.empty())
    return base::fail(
        {base::Cause::wrong_input, "holding.no_table", {}, "the database's table is not named", "write its name after a '#': postgresql://host/base#table"});
  return located;
}

base::Result<OpenHolding> open_holding(const HoldingLocation& location, CsvSettings csv) {
  switch (location.form) {
    case HoldingForm::csv: {
      csv.path = location.location;
      CANDOUR_TRY(holding, open_csv(csv));
      return OpenHolding(std::move(holding));
    }
    case HoldingForm::workbook: {
      CANDOUR_TRY(holding, open_workbook(location.location, location.table));
      return OpenHolding(std::move(holding));
    }
    case HoldingForm::sqlite: {
      CANDOUR_TRY(holding, open_sqlite(location.location, location.table));
      return OpenHolding(std::move(holding));
    }
    case HoldingForm::postgresql: {
      CANDOUR_TRY(holding, open_postgresql(location.location, location.table));
      return OpenHolding(std::move(holding));
    }
    case HoldingForm::clickhouse: {
      CANDOUR_TRY(holding, open_clickhouse(location.location, location.table));
      return OpenHolding(std::move(holding));
    }
  }
  return base::fail({base::Cause::wrong_input, "holding.unknown_form", {}, "this kind of holding is not known", {}});
}

base::Result<std::unique_ptr<RecordHolding>> open_records(const HoldingLocation& location, CsvSettings csv) {
  CANDOUR_TRY(opened, open_holding(location, std::move(csv)));
  return std::visit([](auto& holding) { return std::unique_ptr<RecordHolding>(std::move(holding)); }, opened);
}

}  // namespace candour::holdings
