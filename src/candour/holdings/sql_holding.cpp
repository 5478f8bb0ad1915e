#include <candour/holdings/sql_holding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace candour::holdings {
namespace {

/// Adds two numbers of 256 bits, the first byte the lowest.
void add(base::Digest& sum, const base::Digest& more) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < sum.bytes.size(); ++i) {
    carry += static_cast<unsigned>(sum.bytes[i]) + more.bytes[i];
    sum.bytes[i] = static_cast<unsigned char>(carry & 0xFFU);
    carry >>= 8U;
  }
}

std::int64_t number_in(const std::optional<std::string_view>& field) {
  std::int64_t number = 0;
  if (field) std::from_chars(field->data(), field->data() + field->size(), number);
  return number;
}

base::Result<base::Done> take_row(RowCoder& coder, SqlRow row) {
  coder.begin_row(0);
  for (std::size_t c = 0; c < coder.column_count(); ++c) CANDOUR_TRY_DONE(coder.value(c, row[c].value_or(std::string_view()), row[c] ? Presence::present : Presence::missing));
  return coder.end_row();
}

std::string joined_by_commas(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ", ")); }

}  // namespace

base::Error connection_lost(const std::string& holding, std::string_view what) {
  return {base::Cause::holding_unreachable, "holding.connection_lost", {holding, 0, 0}, std::string(what), "check that the database runs and that the settings are right, then run again"};
}

base::Result<std::vector<std::string>> SqlHolding::column_names() { return names(); }

std::vector<std::string> SqlHolding::names() const {
  std::vector<std::string> names;
  for (const SqlColumn& column : columns_) names.push_back(column.name);
  return names;
}

base::Result<const SqlColumn*> SqlHolding::column_named(const std::string& name) const {
  const auto at = std::find_if(columns_.begin(), columns_.end(), [&](const SqlColumn& column) { return column.name == name; });
  if (at == columns_.end()) return base::fail(unknown_column(name_, name, names()));
  return &*at;
}

base::Result<std::string> SqlHolding::expression_of(const ColumnRequest& request, SqlDialect::Grain grain) const {
  CANDOUR_TRY(column, column_named(request.name));
  const std::string identifier = dialect().identifier(request.name);
  if (request.kind == ColumnKind::date && column->type != SqlType::text) return dialect().day_of(identifier, column->type, request.time_zone, grain);
  return dialect().text_of(identifier);
}

base::Result<std::string> SqlHolding::where_of(const std::vector<ValueCondition>& conditions) const {
  std::vector<std::string> terms;
  for (const ValueCondition& condition : conditions) {
    CANDOUR_TRY(column, column_named(condition.column));
    const std::string text = dialect().text_of(dialect().identifier(column->name));
    std::vector<std::string> literals;
    for (const std::string& value : condition.any_of) literals.push_back(dialect().literal(value));
    const std::string among = literals.empty() ? std::string("1 = 0") : fmt::format("{} IN ({})", text, joined_by_commas(literals));
    // A missing value is none of the texts.
    terms.push_back(condition.sense == ValueCondition::Sense::is_one_of ? fmt::format("({})", among) : fmt::format("({} IS NULL OR NOT ({}))", dialect().identifier(column->name), among));
  }
  if (terms.empty()) return std::string();
  return fmt::format(" WHERE {}", fmt::join(terms, " AND "));
}

/// A typed column gives ISO days whatever the case file says of its texts.
base::Result<RowCoder> SqlHolding::coder_for(const std::vector<ColumnRequest>& columns, BatchSink sink) const {
  std::vector<ColumnRequest> as_given = columns;
  for (ColumnRequest& request : as_given) {
    CANDOUR_TRY(column, column_named(request.name));
    if (request.kind == ColumnKind::date && column->type != SqlType::text) request.date_form = base::DateForm::iso;
  }
  return RowCoder::make(name_, names(), as_given, std::move(sink));
}

base::Result<std::uint64_t> SqlHolding::identical_rows() {
  std::vector<std::string> all;
  for (const SqlColumn& column : columns_) all.push_back(dialect().identifier(column.name));
  const std::string list = joined_by_commas(all);
  std::uint64_t identical = 0;
  CANDOUR_TRY_DONE(run(fmt::format("SELECT sum(repeated) FROM (SELECT count(*) - 1 AS repeated FROM {} GROUP BY {} HAVING count(*) > 1) AS repeats", table_, list), [&](SqlRow row) {
    identical = static_cast<std::uint64_t>(number_in(row[0]));
    return base::Result<base::Done>(base::Done{});
  }));
  return identical;
}

base::Result<DataQuality> SqlHolding::read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) {
  CANDOUR_TRY(coder, coder_for(columns, sink));
  std::vector<std::string> expressions;
  for (const ColumnRequest& request : columns) {
    CANDOUR_TRY(expression, expression_of(request, SqlDialect::Grain::day));
    expressions.push_back(std::move(expression));
  }
  if (expressions.empty()) expressions.emplace_back("1");
  CANDOUR_TRY_DONE(run(fmt::format("SELECT {} FROM {}", joined_by_commas(expressions), table_), [&](SqlRow row) { return take_row(coder, row); }));
  CANDOUR_TRY_DONE(coder.finish());
  CANDOUR_TRY(identical, identical_rows());
  DataQuality quality{coder.rows(), identical, {}};
  if (identical != 0) quality.notes.push_back(fmt::format("rows equal to an earlier row in every column: {}", identical));
  return quality;
}

base::Result<DataQuality> SqlHolding::count(const GroupedRequest& request, const GroupedSink& sink) {
  std::vector<std::int64_t> counts;
  const BatchSink hand_on = [&](const RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
    GroupedBatch groups{batch, std::move(counts)};
    counts.clear();
    return sink(groups, texts);
  };
  CANDOUR_TRY(coder, coder_for(request.columns, hand_on));
  std::vector<std::string> expressions, names;
  for (std::size_t c = 0; c < request.columns.size(); ++c) {
    const bool month = std::find(request.months.begin(), request.months.end(), c) != request.months.end();
    CANDOUR_TRY(expression, expression_of(request.columns[c], month ? SqlDialect::Grain::month : SqlDialect::Grain::day));
    names.push_back(fmt::format("candour_group_{}", c));
    expressions.push_back(fmt::format("{} AS candour_group_{}", expression, c));
  }
  CANDOUR_TRY(where, where_of(request.where));
  expressions.emplace_back("count(*) AS records");
  std::string sql = fmt::format("SELECT {} FROM {}{}", joined_by_commas(expressions), table_, where);
  if (!names.empty()) sql += " GROUP BY " + joined_by_commas(names);
  DataQuality quality;
  CANDOUR_TRY_DONE(run(sql, [&](SqlRow row) {
    const std::int64_t records = number_in(row[request.columns.size()]);
    if (records == 0) return base::Result<base::Done>(base::Done{});  // no group at all: a count over nothing
    counts.push_back(records);
    quality.rows += static_cast<std::uint64_t>(records);
    return take_row(coder, row);
  }));
  CANDOUR_TRY_DONE(coder.finish());
  return quality;
}

base::Result<base::Digest> SqlHolding::digest() {
  std::vector<std::string> all;
  for (const SqlColumn& column : columns_) all.push_back(dialect().text_of(dialect().identifier(column.name)));
  base::Digest sum = base::digest_of(joined_by_commas(names()));
  CANDOUR_TRY_DONE(run(fmt::format("SELECT {} FROM {}", joined_by_commas(all), table_), [&](SqlRow row) {
    std::string bytes;
    for (const auto& field : row) bytes += field ? fmt::format("{}:{}", field->size(), *field) : std::string("-");
    add(sum, base::digest_of(bytes));
    return base::Result<base::Done>(base::Done{});
  }));
  return sum;
}

}  // namespace candour::holdings
