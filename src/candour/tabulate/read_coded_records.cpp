#include <candour/tabulate/read_coded_records.hpp>

#include <candour/base/files.hpp>
#include <candour/formats/csv_scanner.hpp>
#include <candour/tabulate/field_hierarchy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace candour::tabulate {
namespace {

using truth::QuasiIdentifier;

base::Error wrong(std::string code, const std::filesystem::path& file, std::uint64_t line, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, std::move(code), {file.string(), line, 0}, std::move(sentence), std::move(hint)};
}

/// A leaf's category at every level, the leaf itself first.
using Path = std::vector<std::string>;

base::Result<std::vector<Path>> read_paths(const std::filesystem::path& file, const std::string& text) {
  std::vector<Path> paths;
  std::set<std::string> seen;
  formats::CsvScanner scanner(formats::guess_csv_shape(std::string_view(text).substr(0, 1U << 14U)).delimiter, 1U << 20U,
                              [&](const formats::CsvRecord& record) -> base::Result<base::Done> {
                                if (record.is_blank()) return base::Done{};
                                Path path;
                                for (const formats::CsvField& field : record.fields) path.push_back(field.text);
                                if (path.size() < 2 || (!paths.empty() && path.size() != paths.front().size()))
                                  return base::fail(wrong("levels.width", file, record.number + 1,
                                                          fmt::format("expected a value and its category at each of {} levels, got {} fields",
                                                                      paths.empty() ? 1 : paths.front().size() - 1, path.size())));
                                if (!seen.insert(path.front()).second)
                                  return base::fail(wrong("levels.twice", file, record.number + 1, "a value that stands in an earlier line too"));
                                paths.push_back(std::move(path));
                                return base::Done{};
                              });
  CANDOUR_TRY_DONE(scanner.feed(text));
  CANDOUR_TRY_DONE(scanner.finish());
  if (paths.empty()) return base::fail(wrong("levels.empty", file, 1, "expected a line for each value, got none"));
  return paths;
}

std::vector<Path> paths_of(const table::Hierarchy& hierarchy) {
  std::vector<Path> paths;
  for (table::LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf) {
    Path path;
    for (int level = hierarchy.depth(); level >= 0; --level) path.push_back(hierarchy.code(hierarchy.ancestor_at(leaf, level)));
    path.front() = hierarchy.code(hierarchy.node_of_leaf(leaf));
    paths.push_back(std::move(path));
  }
  return paths;
}

/// Numbers the categories of each level in the order of their first leaf. A category must lie whole in one of the next level.
base::Result<QuasiIdentifier> identifier_of(const std::string& column, const std::filesystem::path& file, const std::vector<Path>& paths) {
  QuasiIdentifier identifier;
  identifier.name = column;
  for (std::size_t level = 0; level < paths.front().size(); ++level) {
    std::map<std::string, std::uint32_t> number_of;
    std::vector<std::uint32_t> categories;
    std::vector<std::string> labels;
    for (const Path& path : paths) {
      const auto [place, is_new] = number_of.emplace(path[level], static_cast<std::uint32_t>(labels.size()));
      if (is_new) labels.push_back(path[level]);
      categories.push_back(place->second);
    }
    if (level > 0) {
      std::vector<std::optional<std::uint32_t>> above(identifier.labels.back().size());
      for (std::size_t leaf = 0; leaf < paths.size(); ++leaf) {
        auto& parent = above[identifier.category_of_leaf.back()[leaf]];
        if (parent && *parent != categories[leaf])
          return base::fail(wrong("levels.split", file, leaf + 1, fmt::format("a category of level {} lies in two categories of level {}", level - 1, level),
                                  "every category must lie whole in one of the next level"));
        parent = categories[leaf];
      }
    }
    identifier.category_of_leaf.push_back(std::move(categories));
    identifier.labels.push_back(std::move(labels));
  }
  if (identifier.labels.back().size() != 1)
    return base::fail(wrong("levels.no_top", file, 1, fmt::format("the last level has {} categories, expected one", identifier.labels.back().size()),
                            "add a last field that is the same in every line, such as *"));
  return identifier;
}

bool is_code_and_parent(const std::string& text) {
  const std::string first = text.substr(0, text.find_first_of("\r\n"));
  return first.starts_with("code,parent") || first.starts_with("\"code\",\"parent\"") || first.starts_with("@");
}

holdings::ColumnRequest as_text(const std::string& column) { return {column, holdings::ColumnKind::text, base::DateForm::iso, "Europe/London"}; }

/// Turns the holding's codes of an identifier into leaves.
class LeafNumbers {
 public:
  explicit LeafNumbers(const QuasiIdentifier& identifier) {
    for (std::uint32_t leaf = 0; leaf < identifier.leaf_count(); ++leaf) leaf_of_text_.emplace(identifier.labels.front()[leaf], leaf);
    of_missing_ = leaf_of("");
  }
  /// Appends the leaves of a batch; gives the first row whose value the levels do not have.
  std::optional<std::size_t> append(const holdings::ColumnBatch& column, const std::vector<std::string>& texts, std::vector<std::uint32_t>& leaves) {
    while (leaf_of_code_.size() < texts.size()) leaf_of_code_.push_back(leaf_of(texts[leaf_of_code_.size()]));
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
      const std::uint32_t code = column.codes[row];
      const auto& leaf = code == holdings::ColumnBatch::missing ? of_missing_ : leaf_of_code_[code];
      if (!leaf) return row;
      leaves.push_back(*leaf);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<std::uint32_t> leaf_of(const std::string& text) const {
    const auto found = leaf_of_text_.find(text);
    return found == leaf_of_text_.end() ? std::nullopt : std::optional(found->second);
  }
  std::unordered_map<std::string, std::uint32_t> leaf_of_text_;
  std::vector<std::optional<std::uint32_t>> leaf_of_code_;
  std::optional<std::uint32_t> of_missing_;
};

/// Missing values are a value of their own, the empty text.
void number_missing_values(truth::SensitiveColumn& column, std::vector<std::uint32_t>& values) {
  const auto number = static_cast<std::uint32_t>(column.labels.size());
  if (std::find(values.begin(), values.end(), holdings::ColumnBatch::missing) == values.end()) return;
  std::replace(values.begin(), values.end(), holdings::ColumnBatch::missing, number);
  column.labels.emplace_back();
}

}  // namespace

base::Result<QuasiIdentifier> read_levels(const std::string& column, const std::filesystem::path& file) {
  CANDOUR_TRY(text, base::read_file(file));
  if (file.extension() == ".hrc" || is_code_and_parent(text)) {
    CANDOUR_TRY(hierarchy, read_field_hierarchy(file, column));
    return identifier_of(column, file, paths_of(hierarchy));
  }
  CANDOUR_TRY(paths, read_paths(file, text));
  return identifier_of(column, file, paths);
}

base::Result<truth::CodedRecords> read_coded_records(holdings::RecordHolding& holding, const std::vector<IdentifierColumn>& identifiers,
                                                     const std::vector<std::string>& sensitive) {
  truth::CodedRecords records;
  std::vector<holdings::ColumnRequest> requests;
  std::vector<LeafNumbers> numbers;
  for (const IdentifierColumn& identifier : identifiers) {
    CANDOUR_TRY(levels, read_levels(identifier.column, identifier.levels));
    numbers.emplace_back(levels);
    records.identifiers.push_back(std::move(levels));
    requests.push_back(as_text(identifier.column));
  }
  for (const std::string& column : sensitive) {
    records.sensitive.push_back({column, {}});
    requests.push_back(as_text(column));
  }
  records.leaves.resize(identifiers.size());
  records.values.resize(sensitive.size());
  const auto take = [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
    for (std::size_t i = 0; i < identifiers.size(); ++i)
      if (const auto row = numbers[i].append(batch.columns[i], texts[i], records.leaves[i]))
        return base::fail(wrong("levels.unknown_value", holding.name(), batch.line_of(*row),
                                fmt::format("column '{}': a value that its levels do not have", identifiers[i].column), "add the value to the file of levels"));
    for (std::size_t s = 0; s < sensitive.size(); ++s) {
      const std::vector<std::uint32_t>& codes = batch.columns[identifiers.size() + s].codes;
      records.values[s].insert(records.values[s].end(), codes.begin(), codes.end());
      records.sensitive[s].labels = texts[identifiers.size() + s];
    }
    records.count += batch.row_count;
    return base::Done{};
  };
  CANDOUR_TRY_DONE(holding.read(requests, take));
  for (std::size_t s = 0; s < sensitive.size(); ++s) number_missing_values(records.sensitive[s], records.values[s]);
  return records;
}

}  // namespace candour::tabulate
