#pragma once
// Databases as holdings. Settings come from a URL or from the environment and are never repeated in names, errors or logs.

#include <candour/holdings/holding.hpp>

#include <memory>
#include <string>

namespace candour::holdings {

/// A table or view of a SQLite file, read inside one transaction. Errors holding_unreachable "holding.unreachable", wrong_input "holding.unknown_table".
[[nodiscard]] base::Result<std::unique_ptr<CountingHolding>> open_sqlite(const std::string& path, const std::string& table);

/// A table or view of PostgreSQL, also a partitioned one over several servers. `connection` is a URL ("postgresql://name@host:5432/base") or empty: then the
/// usual PG* variables of the environment hold. All reading happens in one read-only transaction that sees one state of the records.
/// Errors holding_unreachable "holding.unreachable", "holding.connection_lost"; wrong_input "holding.unknown_table".
[[nodiscard]] base::Result<std::unique_ptr<CountingHolding>> open_postgresql(const std::string& connection, const std::string& table);

/// A table of ClickHouse over HTTP, also a distributed one. `connection`: "clickhouse://name@host:8123/base" or empty: then CLICKHOUSE_URL of the environment
/// holds; the password may stand in CLICKHOUSE_PASSWORD. Errors as above. ClickHouse has no transactions: two questions may see two states.
[[nodiscard]] base::Result<std::unique_ptr<CountingHolding>> open_clickhouse(const std::string& connection, const std::string& table);

}  // namespace candour::holdings
