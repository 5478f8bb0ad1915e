#include <candour/inspect/text/json_text.hpp>

#include <candour/inspect/ours/own_writing.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace candour::inspect {
namespace {

constexpr std::uint64_t most_json_bytes = std::uint64_t{64} << 20;
constexpr std::uint64_t most_own_bytes = std::uint64_t{8} << 20;  // they are held as a tree
constexpr std::size_t deepest_value = 256;

using Json = nlohmann::ordered_json;

/// Hears the document value by value. False stops the reading.
class JsonWatch : public nlohmann::json_sax<Json> {
 public:
  explicit JsonWatch(Inspection& inspection) : inspection_(inspection), place_(inspection.place("")) {}
  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }

  bool null() override { return value("null"); }
  bool boolean(bool is_true) override { return value(is_true ? "true" : "false"); }
  bool number_integer(number_integer_t number) override { return value(std::to_string(number)); }
  bool number_unsigned(number_unsigned_t number) override { return value(std::to_string(number)); }
  bool number_float(number_float_t, const string_t& text) override { return value(text); }
  bool string(string_t& text) override { return value(text); }
  bool binary(binary_t&) override { return value(""); }
  bool start_object(std::size_t) override { return enter(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    level.name = name;
    if (!level.names.insert(name).second) inspection_.at(FindingKind::duplicate_name, place_).add(where(), name);
    inspection_.look_at_text(place_, where(), name);
    if (inspection_.only_our_own() && !is_of_a_code_list() && find_own("json", name) == nullptr) note_not_our_writing(inspection_, place_, where());
    return true;
  }

 private:
  /// An object or list around the value that is read.
  struct Level {
    std::string name = {};             ///< of the member that is read; empty in a list
    std::set<std::string> names = {};  ///< of all members so far
    std::uint64_t index = 0;
  };

  /// JSON-stat names members by variables and codes of the tables; they are looked at as texts.
  [[nodiscard]] bool is_of_a_code_list() const {
    if (levels_.size() < 2) return false;
    const std::string& around = levels_[levels_.size() - 2].name;
    return around == "dimension" || around == "label" || around == "level";
  }
  [[nodiscard]] std::string where() const {
    std::string out;
    for (const Level& level : levels_) out += "/" + (level.names.empty() ? std::to_string(level.index) : level.name);
    return out;
  }
  bool value(std::string_view text) {
    inspection_.look_at_text(place_, where(), text);
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }
  bool enter() {
    is_too_deep_ = levels_.size() >= deepest_value;
    levels_.emplace_back();
    return !is_too_deep_;
  }
  bool leave() {
    levels_.pop_back();
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }

  Inspection& inspection_;
  InspectionPlace place_;
  std::vector<Level> levels_;
  bool is_too_deep_ = false;
};

std::string whole(const formats::ByteSource& source) {
  auto bytes = source.read({0, source.size()});
  return bytes ? std::move(*bytes) : std::string();
}

}  // namespace

bool is_json(const formats::ByteSource& source) {
  if (source.size() > most_json_bytes) return false;
  const auto head = source.read({0, std::min<std::uint64_t>(source.size(), 1024)});
  const std::size_t first = head ? head->find_first_not_of(" \t\r\n\xEF\xBB\xBF") : std::string::npos;
  if (first == std::string::npos || ((*head)[first] != '{' && (*head)[first] != '[')) return false;
  return Json::accept(whole(source));
}

std::string inspect_json(const formats::ByteSource& source, Inspection& inspection) {
  const std::string bytes = whole(source);
  JsonWatch watch(inspection);
  (void)Json::sax_parse(bytes, &watch);
  if (watch.is_too_deep()) {
    inspection.gap(inspection.place(""), "json.over_limit", "values lie deeper in values than the limit");
    return "JSON";
  }
  // Blanks, escapes and the forms of numbers can carry a message too: our own writing has one form only.
  if (inspection.only_our_own() && bytes.size() > most_own_bytes)
    inspection.gap(inspection.place(""), "inspect.over_limit", "the file is larger than our own ever are");
  else if (inspection.only_our_own() && Json::parse(bytes).dump(2) + "\n" != bytes)
    note_not_our_writing(inspection, inspection.place(""), "not in the form that our writers give");
  return "JSON";
}

}  // namespace candour::inspect
