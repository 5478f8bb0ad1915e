#include <candour/inspect/needles.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>

#include <algorithm>
#include <cctype>

namespace candour::inspect {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Gives the digits of a number without separators and needless zeros after the point, or an empty text if it is no number.
std::string plain_number(std::string_view text) {
  std::string out;
  bool point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) out += c;
    else if (c == '.' && !point && !out.empty()) point = true, out += c;
    else if ((c == '-' || c == '+') && i == 0) out += c == '-' ? "-" : "";
    else if ((c == ',' || c == ' ' || c == '\'') && !point && i + 3 < text.size() && is_digit(text[i + 1]) && is_digit(text[i + 2]) && is_digit(text[i + 3]))
      continue;
    else return {};
  }
  if (point) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  const std::size_t digits = out.find_first_not_of("-0");
  if (out.empty() || out == "-") return {};
  return digits == std::string::npos ? "0" : out;
}

std::string normalised(std::string_view text) {
  text = base::trimmed(text);
  if (const std::string number = plain_number(text); !number.empty()) return number;
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) != 0) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += byte < 0x80 ? static_cast<char>(std::tolower(byte)) : c;
    }
  }
  return out;
}

bool is_word_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80 || c == '-' || c == '_' || c == '/' || c == '.' || c == ',';
}

template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !is_word_character(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && is_word_character(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    at = end;
    while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
    if (!word.empty()) visit(word);
  }
}

}  // namespace

std::uint64_t Needles::needle_hash(std::string_view text) const { return base::keyed_hash(key_, normalised(text)); }

bool Needles::is_distinctive(std::string_view text) {
  const std::string plain = normalised(text);
  const auto digits = std::count_if(plain.begin(), plain.end(), is_digit);
  if (!plain_number(plain).empty()) return digits >= 3;
  return plain.size() >= 6 && (digits >= 2 || plain.find_first_of(" ,;|") != std::string::npos);
}

void Needles::add_addressed(std::span<const std::string> labels, std::string_view value) {
  CANDOUR_CHECK(!labels.empty(), "an addressed needle bears at least one label");
  std::vector<std::uint32_t> numbers;
  for (const auto& label : labels) numbers.push_back(labels_.emplace(needle_hash(label), static_cast<std::uint32_t>(labels_.size())).first->second);
  by_value_[needle_hash(value)].push_back(std::move(numbers));
}

bool Needles::add_distinctive(std::string_view text) {
  if (!is_distinctive(text)) return false;
  distinctive_.insert(needle_hash(text));
  return true;
}

bool Needles::holds_distinctive(std::string_view text) const {
  if (distinctive_.empty() || text.size() < 3) return false;
  if (distinctive_.contains(needle_hash(text))) return true;
  bool found = false;
  for_each_word(text, [&](std::string_view word) {
    if (!found && word.size() >= 3 && word.size() < text.size()) found = distinctive_.contains(needle_hash(word));
  });
  return found;
}

const std::uint32_t* Needles::label_number(std::string_view text) const {
  const auto at = labels_.find(needle_hash(text));
  return at == labels_.end() ? nullptr : &at->second;
}

bool Needles::is_addressed(std::uint64_t value_hash, const std::unordered_set<std::uint32_t>& row_labels,
                           const std::unordered_set<std::uint32_t>& column_labels) const {
  const auto at = by_value_.find(value_hash);
  if (at == by_value_.end()) return false;
  const auto is_near = [&](std::uint32_t label) { return row_labels.contains(label) || column_labels.contains(label); };
  return std::any_of(at->second.begin(), at->second.end(), [&](const auto& labels) { return std::all_of(labels.begin(), labels.end(), is_near); });
}

}  // namespace candour::inspect
