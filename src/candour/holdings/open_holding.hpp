#pragma once
// From what an officer writes to a holding: a file by its ending, a database by its URL.

#include <candour/holdings/holding.hpp>

#include <memory>
#include <string>
#include <variant>

namespace candour::holdings {

/// Says what a location names, without opening it.
enum class HoldingForm { csv, sqlite, postgresql, clickhouse, workbook };
/// A path or URL, and the table or sheet after "#".
struct HoldingLocation {
  HoldingForm form = HoldingForm::csv;
  std::string location;
  std::string table;
};

/// Takes "records.csv", "records.csv.gz", "custody.sqlite#arrests", "sqlite:custody.db#arrests", "postgresql://host/base#schema.arrests", "postgresql:#arrests"
/// (PG* variables), "clickhouse://host:8123/base#arrests", "stops.xlsx#Sheet1", "stops.ods". Error wrong_input "holding.no_table" where a database's table is
/// not named.
[[nodiscard]] base::Result<HoldingLocation> locate_holding(const std::string& text);

/// Opens it. `csv` says how a CSV file is written; its path is replaced. A database can count inside itself.
using OpenHolding = std::variant<std::unique_ptr<RecordHolding>, std::unique_ptr<CountingHolding>>;
[[nodiscard]] base::Result<OpenHolding> open_holding(const HoldingLocation& location, CsvSettings csv);
/// The same where it does not matter whether it can count.
[[nodiscard]] base::Result<std::unique_ptr<RecordHolding>> open_records(const HoldingLocation& location, CsvSettings csv);

}  // namespace candour::holdings
