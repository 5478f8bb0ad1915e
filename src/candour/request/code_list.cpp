#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

namespace candour::request {
namespace {

base::Error wrong(const std::filesystem::path& file, std::uint64_t line, std::string sentence) {
  return {base::Cause::wrong_input,
          "case.code_list",
          {file.string(), line},
          std::move(sentence),
          "the first line is code,parent or code,parent,label; the total has an empty parent"};
}

std::string_view without_byte_order_mark(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text; }

}  // namespace

base::Result<std::vector<table::CategoryRow>> read_code_list(const std::filesystem::path& file) {
  const auto text = base::read_file(file);
  if (!text) return base::fail(wrong(file, 0, "the file cannot be read, expected a code list"));
  if (!base::is_valid_utf8(*text)) return base::fail(wrong(file, 0, "the file is not UTF-8 text"));
  std::vector<table::CategoryRow> rows;
  std::uint64_t number = 0;
  std::size_t width = 0;
  for (const std::string& raw : base::split(without_byte_order_mark(*text), '\n')) {
    ++number;
    const std::string_view line = base::trimmed(raw);
    if (line.empty()) continue;
    const auto fields = base::split_quoted(line);
    if (!fields) return base::fail(wrong(file, number, "a quoted field is not closed on its line"));
    if (width == 0) {
      width = fields->size();
      const bool known = (width == 2 || width == 3) && (*fields)[0] == "code" && (*fields)[1] == "parent" && (width == 2 || (*fields)[2] == "label");
      if (!known) return base::fail(wrong(file, number, "the first line is another one, expected the names of the columns"));
      continue;
    }
    if (fields->size() != width) return base::fail(wrong(file, number, fmt::format("found {} fields, expected {}", fields->size(), width)));
    if ((*fields)[0].empty()) return base::fail(wrong(file, number, "the code is empty"));
    rows.push_back({(*fields)[0], (*fields)[1], width == 3 ? (*fields)[2] : std::string()});
  }
  if (rows.empty()) return base::fail(wrong(file, 0, "the code list is empty"));
  return rows;
}

}  // namespace candour::request
