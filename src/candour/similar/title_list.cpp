#include <candour/similar/title_list.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace candour::similar {
namespace {

std::optional<std::size_t> column_named(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto at = std::find(header.begin(), header.end(), name);
    if (at != header.end()) return static_cast<std::size_t>(at - header.begin());
  }
  return std::nullopt;
}

// The lines of the file; a line end inside quotes belongs to its field.
std::vector<std::pair<std::uint64_t, std::string>> rows_of(std::string_view text) {
  std::vector<std::pair<std::uint64_t, std::string>> rows;
  std::uint64_t line = 1, begun = 1;
  std::string row;
  bool is_quoted = false;
  for (const char letter : text) {
    if (letter == '"') is_quoted = !is_quoted;
    if (letter == '\n' && !is_quoted) {
      if (!base::trimmed(row).empty()) rows.emplace_back(begun, row);
      row.clear();
      begun = line + 1;
    } else if (letter == '\n') {
      row += ' ';
    } else if (letter != '\r') {
      row += letter;
    }
    if (letter == '\n') ++line;
  }
  if (!base::trimmed(row).empty()) rows.emplace_back(begun, row);
  return rows;
}

}  // namespace

base::Result<std::vector<ListedTitle>> read_titles(const std::filesystem::path& file) {
  CANDOUR_TRY(bytes, base::read_file(file));
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto malformed = [&](std::uint64_t line) {
    return base::Error{base::Cause::wrong_input,
                       "titles.malformed",
                       {file.string(), line},
                       "this line is no row of comma-separated values as wide as the header",
                       "a field with a comma stands in double quotes"};
  };
  const auto rows = rows_of(text);
  const auto header = rows.empty() ? std::nullopt : base::split_quoted(rows.front().second);
  if (!header) return base::fail(malformed(1));
  const auto title = column_named(*header, {"title", "request_title", "subject"}), reference = column_named(*header, {"reference", "id", "case"});
  if (!title) {
    return base::fail({base::Cause::wrong_input,
                       "titles.no_column",
                       {file.string(), 1},
                       "no column is named title, request_title or subject; there are " + base::listed(*header),
                       {}});
  }
  std::vector<ListedTitle> titles;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto fields = base::split_quoted(rows[i].second);
    if (!fields || fields->size() != header->size()) return base::fail(malformed(rows[i].first));
    titles.push_back({std::move((*fields)[*title]), reference ? std::move((*fields)[*reference]) : std::string(), rows[i].first});
  }
  return titles;
}

}  // namespace candour::similar
