#include <candour/holdings/sql_holding.hpp>

#include <candour/base/check.hpp>

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

/// The sum of a group: nothing where none of its records has an amount.
base::Result<std::optional<base::Decimal>> sum_in(const std::optional<std::string_view>& field, const std::string& holding, const std::string& column) {
  if (!field) return std::optional<base::Decimal>();
  auto sum = base::Decimal::parse(*field);
  if (sum) return std::optional(*sum);
  if (sum.error().code == "decimal.overflow") return base::fail(sum.error());
  return base::fail(
      {base::Cause::wrong_input, "holding.bad_value", {holding, 0, 0}, fmt::format("column '{}': expected a decimal number such as -12.50", column), {}});
}

base::Result<base::Done> take_row(RowCoder& coder, SqlRow row) {
  coder.begin_row(0);
  for (std::size_t c = 0; c < coder.column_count(); ++c)
    CANDOUR_TRY_DONE(coder.value(c, row[c].value_or(std::string_view()), row[c] ? Presence::present : Presence::missing));
  return coder.end_row();
}

std::string joined_by_commas(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ", ")); }

}  // namespace

std::int64_t number_in(const std::optional<std::string_view>& field) {
  std::int64_t number = 0;
  if (field) std::from_chars(field->data(), field->data() + field->size(), number);
  return number;
}

base::Error connection_lost(const std::string& holding, std::string_view what) {
  return {base::Cause::holding_unreachable,
          "holding.connection_lost",
          {holding, 0, 0},
          std::string(what),
          "check that the database runs and that the settings are right, then run again"};
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

/// What to group by for a column, and to show of it.
base::Result<SqlKey> SqlHolding::key_of(const GroupedRequest& request, std::size_t place) const {
  const ColumnRequest& wanted = request.columns[place];
  CANDOUR_TRY(column, column_named(wanted.name));
  const std::string identifier = dialect().identifier(wanted.name), text = dialect().text_of(identifier);
  const bool month = std::find(request.months.begin(), request.months.end(), place) != request.months.end();
  if (wanted.kind == ColumnKind::date && is_time(column->type))
    return dialect().day_of(identifier, column->type, wanted.time_zone, month ? SqlDialect::Grain::month : SqlDialect::Grain::day);
  if (wanted.kind == ColumnKind::date && month && wanted.date_form == base::DateForm::iso) {
    const std::string day = dialect().month_of_text(identifier);
    return SqlKey{day, day};
  }
  const auto bands = std::find_if(request.bands.begin(), request.bands.end(), [&](const GroupedRequest::Bands& banded) { return banded.column == place; });
  if (bands != request.bands.end())
    if (auto band = dialect().band_of(identifier, column->type, bands->width)) return std::move(*band);
  const bool as_it_is = column->type == SqlType::text || is_whole(column->type);
  return SqlKey{as_it_is ? identifier : text, text};
}

base::Result<std::optional<SqlDialect::ExactSum>> SqlHolding::exact_sum_of(const GroupedSum& sum) const {
  CANDOUR_TRY(amount, column_named(sum.column));
  if (!sum.weight_column) return dialect().exact_sum(*amount, nullptr);
  CANDOUR_TRY(weight, column_named(*sum.weight_column));
  return dialect().exact_sum(*amount, weight);
}

base::Result<SumPlace> SqlHolding::place_of_sum(const GroupedSum& sum) {
  CANDOUR_TRY(exact, exact_sum_of(sum));
  time_in_database_ = {};
  if (!exact) return SumPlace::record_by_record;
  SumPlace place = SumPlace::inside;
  if (exact->checks.empty()) return place;
  CANDOUR_TRY_DONE(run(fmt::format("SELECT {} FROM {}", joined_by_commas(exact->checks), table_), [&](SqlRow row) {
    for (const auto& check : row)
      if (number_in(check) != 0) place = SumPlace::record_by_record;
    return base::Result<base::Done>(base::Done{});
  }));
  return place;
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
    terms.push_back(condition.sense == ValueCondition::Sense::is_one_of ? fmt::format("({})", among)
                                                                        : fmt::format("({} IS NULL OR NOT ({}))", dialect().identifier(column->name), among));
  }
  if (terms.empty()) return std::string();
  return fmt::format(" WHERE {}", fmt::join(terms, " AND "));
}

/// A typed column gives ISO days whatever the case file says of its texts.
base::Result<RowCoder> SqlHolding::coder_for(const std::vector<ColumnRequest>& columns, BatchSink sink) const {
  std::vector<ColumnRequest> as_given = columns;
  for (ColumnRequest& request : as_given) {
    CANDOUR_TRY(column, column_named(request.name));
    if (request.kind == ColumnKind::date && is_time(column->type)) request.date_form = base::DateForm::iso;
  }
  return RowCoder::make(name_, names(), as_given, std::move(sink));
}

base::Result<std::uint64_t> SqlHolding::identical_rows() {
  std::vector<std::string> all;
  for (const SqlColumn& column : columns_) all.push_back(dialect().identifier(column.name));
  const std::string list = joined_by_commas(all);
  std::uint64_t identical = 0;
  CANDOUR_TRY_DONE(
      run(fmt::format("SELECT sum(repeated) FROM (SELECT count(*) - 1 AS repeated FROM {} GROUP BY {} HAVING count(*) > 1) AS repeats", table_, list),
          [&](SqlRow row) {
            identical = static_cast<std::uint64_t>(number_in(row[0]));
            return base::Result<base::Done>(base::Done{});
          }));
  return identical;
}

base::Result<DataQuality> SqlHolding::read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) {
  CANDOUR_TRY(coder, coder_for(columns, sink));
  GroupedRequest as_they_are;
  as_they_are.columns = columns;
  std::vector<std::string> expressions;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    CANDOUR_TRY(key, key_of(as_they_are, c));
    expressions.push_back(std::move(key.shown));
  }
  if (expressions.empty()) expressions.emplace_back("1");
  CANDOUR_TRY_DONE(run(fmt::format("SELECT {} FROM {}", joined_by_commas(expressions), table_), [&](SqlRow row) { return take_row(coder, row); }));
  CANDOUR_TRY_DONE(coder.finish());
  CANDOUR_TRY(identical, identical_rows());
  DataQuality quality{coder.rows(), identical, {}};
  if (identical != 0) quality.notes.push_back(fmt::format("rows equal to an earlier row in every column: {}", identical));
  return quality;
}

base::Result<std::string> SqlHolding::statement_of(const GroupedRequest& request) const {
  std::vector<std::string> expressions, keys;
  for (std::size_t c = 0; c < request.columns.size(); ++c) {
    CANDOUR_TRY(key, key_of(request, c));
    expressions.push_back(fmt::format("{} AS candour_group_{}", key.shown, c));
    keys.push_back(key.key == key.shown ? fmt::format("candour_group_{}", c) : key.key);
  }
  expressions.emplace_back("count(*) AS records");
  if (request.sum) {
    CANDOUR_TRY(sum, exact_sum_of(*request.sum));
    CANDOUR_CHECK(sum.has_value(), "a sum is asked for only where it is exact");
    expressions.push_back(sum->expression + " AS amount");
  }
  CANDOUR_TRY(where, where_of(request.where));
  std::string sql = fmt::format("SELECT {} FROM {}{}", joined_by_commas(expressions), table_, where);
  if (!keys.empty()) sql += " GROUP BY " + joined_by_commas(keys);
  return sql;
}

base::Result<DataQuality> SqlHolding::count(const GroupedRequest& request, const GroupedSink& sink) {
  GroupedBatch groups;
  const BatchSink hand_on = [&](const RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
    groups.batch = batch;
    CANDOUR_TRY_DONE(sink(groups, texts));
    groups.counts.clear();
    groups.sums.clear();
    return base::Done{};
  };
  CANDOUR_TRY(coder, coder_for(request.columns, hand_on));
  for (const std::size_t column : request.as_written) coder.write_out(column);
  CANDOUR_TRY(sql, statement_of(request));
  last_statement_ = sql;
  DataQuality quality;
  const std::size_t column_count = request.columns.size();
  const SqlRowSink take = [&](SqlRow row) -> base::Result<base::Done> {
    const std::int64_t records = number_in(row[column_count]);
    if (records == 0) return base::Done{};  // no group at all: a count over nothing
    groups.counts.push_back(records);
    quality.rows += static_cast<std::uint64_t>(records);
    if (request.sum) {
      CANDOUR_TRY(sum, sum_in(row[column_count + 1], name_, request.sum->column));
      groups.sums.push_back(sum);
    }
    return take_row(coder, row);
  };
  CANDOUR_TRY_DONE(request.columns.empty() ? run(sql, take) : run_groups(sql, column_count + (request.sum ? 2 : 1), column_count, take));
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
