#include <candour/holdings/tab_separated.hpp>

#include <algorithm>

namespace candour::holdings {
namespace {

char unescaped_byte(char letter) {
  switch (letter) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'v': return '\v';
    case '0': return '\0';
    default: return letter;
  }
}

std::string unescaped(std::string_view written) {
  std::string text;
  for (std::size_t i = 0; i < written.size(); ++i) text += written[i] == '\\' && i + 1 < written.size() ? unescaped_byte(written[++i]) : written[i];
  return text;
}

}  // namespace

void append_field(std::string& row, std::optional<std::string_view> field) {
  if (!field) {
    row += "\\N";
    return;
  }
  for (const char byte : *field) {
    switch (byte) {
      case '\n': row += "\\n"; break;
      case '\t': row += "\\t"; break;
      case '\\': row += "\\\\"; break;
      default: row += byte;
    }
  }
}

base::Result<base::Done> TabSeparatedRows::take(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) {
      rest_ += bytes;
      return base::Done{};
    }
    if (rest_.empty()) {
      CANDOUR_TRY_DONE(take_line(bytes.substr(0, end)));
    } else {
      rest_ += bytes.substr(0, end);
      const std::string line = std::exchange(rest_, std::string());
      CANDOUR_TRY_DONE(take_line(line));
    }
    bytes.remove_prefix(end + 1);
  }
  return base::Done{};
}

base::Result<base::Done> TabSeparatedRows::take_line(std::string_view line) {
  fields_.clear();
  unescaped_.clear();
  std::size_t start = 0;
  bool is_escaped = false;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    if (at < line.size() && line[at] != '\t') {
      is_escaped = is_escaped || line[at] == '\\';
      continue;
    }
    const std::string_view field = line.substr(start, at - start);
    if (!is_escaped) fields_.emplace_back(field);
    else if (field == "\\N") fields_.emplace_back(std::nullopt);
    else fields_.emplace_back(unescaped_.emplace_back(unescaped(field)));
    start = at + 1;
    is_escaped = false;
  }
  return sink_(fields_);
}

}  // namespace candour::holdings
