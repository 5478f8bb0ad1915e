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

/// What the database says a column is, as far as it changes how days are taken from it.
enum class SqlType { text, day, local_time, zoned_time };

struct SqlColumn {
  std::string name;
  SqlType type = SqlType::text;
};

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
  [[nodiscard]] virtual std::string day_of(const std::string& column, SqlType type, std::string_view time_zone, Grain grain) const = 0;
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
  [[nodiscard]] std::chrono::nanoseconds time_in_database() const override { return time_in_database_; }

 protected:
  SqlHolding(std::string name, std::string table) : name_(std::move(name)), table_(std::move(table)) {}
  /// Runs a query and streams its rows as text. Notes the time until the first answer.
  [[nodiscard]] virtual base::Result<base::Done> run(const std::string& sql, const SqlRowSink& sink) = 0;
  [[nodiscard]] virtual const SqlDialect& dialect() const = 0;
  /// Known after opening.
  std::vector<SqlColumn> columns_;
  std::chrono::nanoseconds time_in_database_{0};
  [[nodiscard]] const std::string& table() const { return table_; }

 private:
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] base::Result<const SqlColumn*> column_named(const std::string& name) const;
  [[nodiscard]] base::Result<std::string> expression_of(const ColumnRequest& request, SqlDialect::Grain grain) const;
  [[nodiscard]] base::Result<std::string> where_of(const std::vector<ValueCondition>& conditions) const;
  [[nodiscard]] base::Result<std::uint64_t> identical_rows();
  [[nodiscard]] base::Result<RowCoder> coder_for(const std::vector<ColumnRequest>& columns, BatchSink sink) const;
  std::string name_;
  std::string table_;
};

/// The one error of a connection: cause holding_unreachable, without a word of the settings or of the database's own message, which may repeat values.
[[nodiscard]] base::Error connection_lost(const std::string& holding, std::string_view what);

}  // namespace candour::holdings
