#include <candour/casework/differences.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

namespace candour::casework {
namespace {

constexpr std::size_t most_lines_a_file = 40;
constexpr std::size_t columns_of_a_variable = 3;  // code, label, level

using Files = std::map<std::string, std::string>;

Files by_path(const std::vector<base::FileToWrite>& files) {
  Files map;
  for (const base::FileToWrite& file : files) map.emplace(file.path.generic_string(), file.bytes);
  return map;
}

bool is_table(const std::string& path) { return path.ends_with(".csv"); }
bool is_page(const std::string& path) { return path.ends_with("answer.html"); }

std::string stem_of(const std::string& path) { return std::filesystem::path(path).stem().string(); }

// ---- tables -----------------------------------------------------------------------------------------------------------------------------

// "May 2022, 18 to 24" -> "12", or the status where there is no figure; in the order of the file.
using Cells = std::vector<std::pair<std::string, std::string>>;

Cells cells_of(const std::string& bytes) {
  Cells cells;
  bool is_header = true;
  for (std::string line : base::split(bytes, '\n')) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto fields = base::split_quoted(line);
    if (is_header || !fields || fields->size() < 2) {
      is_header = false;
      continue;
    }
    std::string name;
    for (std::size_t c = 1; c + 2 < fields->size(); c += columns_of_a_variable) name += (name.empty() ? "" : ", ") + (*fields)[c];
    const std::string& value = (*fields)[fields->size() - 2];
    cells.emplace_back(name.empty() ? "Total" : name, value.empty() ? fields->back() : value);
  }
  return cells;
}

void compare_tables(const std::string& path, const std::string& before, const std::string& now, std::vector<std::string>& lines) {
  const Cells old_cells = cells_of(before), new_cells = cells_of(now);
  const std::map<std::string, std::string> old_by_name(old_cells.begin(), old_cells.end()), new_by_name(new_cells.begin(), new_cells.end());
  std::vector<std::string> found;
  for (const auto& [name, value] : new_cells) {
    const auto old = old_by_name.find(name);
    if (old == old_by_name.end()) found.push_back(fmt::format("{}: new, {}", name, value));
    else if (old->second != value) found.push_back(fmt::format("{}: {}, was {}", name, value, old->second));
  }
  for (const auto& [name, value] : old_cells)
    if (!new_by_name.contains(name)) found.push_back(fmt::format("{}: no longer there", name));
  if (found.empty()) found.emplace_back("the same figures, written in another way");
  for (std::size_t i = 0; i < std::min(found.size(), most_lines_a_file); ++i) lines.push_back(fmt::format("table {}: {}", stem_of(path), found[i]));
  if (found.size() > most_lines_a_file) lines.push_back(fmt::format("table {}: and {} more cells", stem_of(path), found.size() - most_lines_a_file));
}

// ---- sentences ----------------------------------------------------------------------------------------------------------------------------

std::string unescaped(std::string text) {
  static const std::pair<std::string_view, std::string_view> names[] = {{"&lt;", "<"},  {"&gt;", ">"},   {"&quot;", "\""},
                                                                        {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}};
  for (const auto& [from, to] : names)
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

std::string single_blanks(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  return std::string(base::trimmed(out));
}

// What a reader of the page reads, a sentence each. Marks inside a line (emphasis, links) do not end one; every other element does.
class Sentences {
 public:
  static std::vector<std::string> of(const std::string& html) {
    Sentences reader;
    reader.read(html);
    return std::move(reader.found_);
  }

 private:
  void read(const std::string& html) {
    for (std::size_t at = 0; at < html.size();) {
      if (html[at] != '<') {
        text_ += html[at++];
        continue;
      }
      const std::size_t end = html.find('>', at);
      if (end == std::string::npos) break;
      const bool opens = html.compare(at, 2, "</") != 0;
      const std::string name = element(html, at + 1);
      at = end + 1;
      if (opens && (name == "style" || name == "script")) at = std::min(html.find("</" + name, at), html.size());
      if (!is_inside_a_line(name)) finish();
    }
    finish();
  }

  static std::string element(const std::string& html, std::size_t at) {
    if (at < html.size() && html[at] == '/') ++at;
    std::string name;
    while (at < html.size() && std::isalnum(static_cast<unsigned char>(html[at])) != 0) name += html[at++];
    return name;
  }

  static bool is_inside_a_line(const std::string& name) {
    static const std::set<std::string> inside{"a", "abbr", "b", "cite", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"};
    return inside.contains(name);
  }

  void finish() {
    const std::string text = single_blanks(unescaped(text_));
    text_.clear();
    std::size_t start = 0;
    for (std::size_t at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
      take(text.substr(start, at + 1 - start));
      start = at + 2;
    }
    take(text.substr(start));
  }

  // A cell of a table is no sentence; tables are compared cell by cell.
  void take(const std::string& sentence) {
    if (std::count(sentence.begin(), sentence.end(), ' ') >= 2) found_.push_back(sentence);
  }

  std::string text_;
  std::vector<std::string> found_;
};

void compare_pages(const std::string& before, const std::string& now, std::vector<std::string>& lines) {
  const std::vector<std::string> old_sentences = Sentences::of(before), new_sentences = Sentences::of(now);
  const std::set<std::string> old_set(old_sentences.begin(), old_sentences.end()), new_set(new_sentences.begin(), new_sentences.end());
  std::vector<std::string> found;
  std::set<std::string> said;
  for (const std::string& sentence : new_sentences)
    if (!old_set.contains(sentence) && said.insert(sentence).second) found.push_back(fmt::format("sentence new: \"{}\"", sentence));
  for (const std::string& sentence : old_sentences)
    if (!new_set.contains(sentence) && said.insert(sentence).second) found.push_back(fmt::format("sentence gone: \"{}\"", sentence));
  if (found.empty()) found.emplace_back("page: the same sentences, set out in another way");
  for (std::size_t i = 0; i < std::min(found.size(), most_lines_a_file); ++i) lines.push_back(found[i]);
  if (found.size() > most_lines_a_file) lines.push_back(fmt::format("and {} more sentences", found.size() - most_lines_a_file));
}

void compare_public(const Files& before, const Files& now, std::vector<std::string>& lines) {
  std::vector<std::string> others;
  for (const auto& [path, bytes] : now) {
    const auto old = before.find(path);
    if (old != before.end() && old->second == bytes) continue;
    if (old == before.end()) lines.push_back(is_table(path) ? fmt::format("table {}: new", stem_of(path)) : fmt::format("file public/{}: new", path));
    else if (is_table(path)) compare_tables(path, old->second, bytes, lines);
    else if (is_page(path)) compare_pages(old->second, bytes, lines);
    else others.push_back("public/" + path);
  }
  for (const auto& [path, bytes] : before)
    if (!now.contains(path))
      lines.push_back(is_table(path) ? fmt::format("table {}: no longer there", stem_of(path)) : fmt::format("file public/{}: no longer there", path));
  if (!others.empty()) lines.push_back(fmt::format("changed with them: {}", base::listed(others)));
}

}  // namespace

std::vector<std::string> differences(const release::ReleasedFiles& before, const release::ReleasedFiles& now) {
  std::vector<std::string> lines;
  compare_public(by_path(before.log), by_path(now.log), lines);
  const Files old_reply = by_path(before.reply), new_reply = by_path(now.reply);
  std::vector<std::string> changed;
  for (const auto& [path, bytes] : new_reply) {
    const auto old = old_reply.find(path);
    if (old == old_reply.end() || old->second != bytes) changed.push_back("reply/" + path);
  }
  for (const auto& [path, bytes] : old_reply)
    if (!new_reply.contains(path)) changed.push_back("reply/" + path + " (gone)");
  if (!changed.empty()) lines.push_back(fmt::format("in the reply: {}", base::listed(changed)));
  return lines;
}

}  // namespace candour::casework
