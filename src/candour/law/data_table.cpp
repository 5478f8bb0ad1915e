#include <candour/law/data_table.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>

namespace candour::law {

std::vector<std::vector<std::string>> rows_of(std::string_view text, std::string_view columns) {
  const auto lines = base::split(text, '\n');
  CANDOUR_CHECK(!lines.empty() && lines.front() == columns, "a file of the rule base begins with the names of its columns");
  const std::size_t width = base::split(columns, ',').size();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    auto fields = base::split_quoted(lines[i]);
    CANDOUR_CHECK(fields && fields->size() == width, "a line of the rule base has a field for each column");
    rows.push_back(std::move(*fields));
  }
  return rows;
}

}  // namespace candour::law
