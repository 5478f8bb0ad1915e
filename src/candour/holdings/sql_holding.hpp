#pragma once
// What all databases share: the questions in SQL, and rows of text in answer.

#include <candour/holdings/holding.hpp>
#include <candour/holdings/row_coder.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// What the database says a column is, as far as it changes how it is asked. `other`: equal values may be written in several ways, so it is grouped by its
/// text.
enum class SqlType { other, text, whole_number, large_whole_number, decimal, day, local_time, zoned_time };
[[nodiscard]] constexpr bool is_time(SqlType type) { return type == SqlType::day || type == SqlType::local_time || type == SqlType::zoned_time; }
[[nodiscard]] constexpr bool is_whole(SqlType type) { return type == SqlType::whole_number || type == SqlType::large_whole_number; }

struct SqlColumn {
  std::string name;
  SqlType type = SqlType::other;
};

/// An expression to group by, and the same value as the text that travels.
struct SqlKey {
  std::string key;
  std::string shown;
};

/// The whole number in a field of an answer; 0 where there is none.
[[nodiscard]] std::int64_t number_in(const std::optional<std::string_view>& field);

/// A field of an answer; nothing for NULL.
using SqlRow = std::span<const std::optional<std::string_view>>;
using SqlRowSink = std::function<base::Result<base::Done>(SqlRow)>;

/// How one database writes what all can say.
class SqlDialect {
 public:
  virtual ~SqlDialect() = default;
  [[nodiscard]] virtual std::string identifier(std::string_view name) const = 0;
  [[nodiscard]] virtual std::string literal(std::string_view text) const = 0;
  /// The text of a column as the holding gives it.
  [[nodiscard]] virtual std::string text_of(const std::string& column) const = 0;
  /// The ISO day of a column that has a type of time; `month`: the first day of its month.
  enum class Grain { day, month };
  [[nodiscard]] virtual SqlKey day_of(const std::string& column, SqlType type, std::string_view time_zone, Grain grain) const = 0;
  /// Of texts that are ISO days, a day of the same month, alike for most days of it; every other text as it stands, so that it is judged as it stands.
  [[nodiscard]] virtual std::string month_of_text(const std::string& column) const = 0;
  /// The lowest number of the band that holds a whole number of at least 0; every other value as it stands. Nothing where the type does not allow it.
  [[nodiscard]] virtual std::optional<SqlKey> band_of(const std::string& column, SqlType type, std::int64_t width) const = 0;
  /// How the amounts of a column are added up exactly, with weights or without.
  struct ExactSum {
    std::string expression;
    std::vector<std::string> checks;  ///< aggregates over the whole table, each of which must be 0 first
  };
  [[nodiscard]] virtual std::optional<ExactSum> exact_sum(const SqlColumn& amount, const SqlColumn* weight) const = 0;
};

/// A table of a database. A driver gives columns, dialect and run().
class SqlHolding : public CountingHolding {
 public:
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] base::Result<std::vector<std::string>> column_names() override;
  [[nodiscard]] base::Result<DataQuality> read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) override;
  /// The sum of the rows' SHA-256 digests as numbers of 256 bits: the order of rows does not matter.
  [[nodiscard]] base::Result<base::Digest> digest() override;
  [[nodiscard]] base::Result<DataQuality> count(const GroupedRequest& request, const GroupedSink& sink) override;
  [[nodiscard]] base::Result<std::uint64_t> identical_rows() override;
  [[nodiscard]] base::Result<SumPlace> place_of_sum(const GroupedSum& sum) override;
  [[nodiscard]] const std::string& last_statement() const override { return last_statement_; }
  [[nodiscard]] std::chrono::nanoseconds time_in_database() const override { return time_in_database_; }

 protected:
  SqlHolding(std::string name, std::string table) : name_(std::move(name)), table_(std::move(table)) {}
  /// Runs a query and streams its rows as text. Notes the time that it waited for the database.
  [[nodiscard]] virtual base::Result<base::Done> run(const std::string& sql, const SqlRowSink& sink) = 0;
  /// The same for a statement that groups: rows of `fields` fields, of which one is the number of records. A driver may add a check of its own to it.
  [[nodiscard]] virtual base::Result<base::Done> run_groups(const std::string& sql, std::size_t /*fields*/, std::size_t /*count_field*/,
                                                            const SqlRowSink& sink) {
    return run(sql, sink);
  }
  [[nodiscard]] virtual const SqlDialect& dialect() const = 0;
  /// Known after opening.
  std::vector<SqlColumn> columns_;
  std::chrono::nanoseconds time_in_database_{0};
  [[nodiscard]] const std::string& table() const { return table_; }

 private:
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] base::Result<const SqlColumn*> column_named(const std::string& name) const;
  [[nodiscard]] base::Result<SqlKey> key_of(const GroupedRequest& request, std::size_t column) const;
  [[nodiscard]] base::Result<std::optional<SqlDialect::ExactSum>> exact_sum_of(const GroupedSum& sum) const;
  [[nodiscard]] base::Result<std::string> statement_of(const GroupedRequest& request) const;
  [[nodiscard]] base::Result<std::string> where_of(const std::vector<ValueCondition>& conditions) const;
  [[nodiscard]] base::Result<RowCoder> coder_for(const std::vector<ColumnRequest>& columns, BatchSink sink) const;
  std::string name_;
  std::string table_;
  std::string last_statement_;
};

/// The one error of a connection: cause holding_unreachable, without a word of the settings or of the database's own message, which may repeat values.
[[nodiscard]] base::Error connection_lost(const std::string& holding, std::string_view what);

}  // namespace candour::holdings
