#include <candour/inspect/package/rule_scanner.hpp>

#include <candour/base/text.hpp>

#include <algorithm>

namespace candour::inspect {
namespace {

constexpr std::size_t longest_capture = 400;
constexpr std::size_t longest_text = 64 * 1024;

void append(std::string& sample, std::string_view text) {
  if (text.empty() || sample.size() >= longest_capture) return;
  if (!sample.empty()) sample += ' ';
  sample += text.substr(0, longest_capture);
}

std::string attribute_sample(std::string_view names, const formats::XmlAttributes& attributes) {
  std::string sample;
  for (const auto& attribute : attributes.all()) {
    const std::size_t at = names.find(attribute.name);
    const bool is_named = names == "*" || (at != std::string_view::npos && (at == 0 || names[at - 1] == ' ') &&
                                           (at + attribute.name.size() == names.size() || names[at + attribute.name.size()] == ' '));
    if (is_named) append(sample, attribute.value);
  }
  return sample;
}

/// Gives whether a header or footer says something of its own: more than codes (&P, &"font,style", &12) and the words around a page number.
bool has_words(std::string_view text) {
  std::string rest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&' || i + 1 == text.size()) {
      rest += text[i];
      continue;
    }
    ++i;
    if (text[i] == '"') i = std::min(text.find('"', i + 1), text.size());
    else if (text[i] >= '0' && text[i] <= '9') {
      while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
    }
  }
  const std::string_view words = base::trimmed(rest);
  return !words.empty() && words != "Page" && words != "Page  of";
}

}  // namespace

RuleScanner::RuleScanner(std::span<const ElementRule> rules, Inspection& inspection, InspectionPlace place)
    : inspection_(inspection), place_(std::move(place)) {
  for (const auto& rule : rules) rules_.emplace(rule.element, &rule);
}

void RuleScanner::on_start(std::string_view name, const formats::XmlAttributes& attributes) {
  look_at_text_so_far();
  if (depth_ == 0) root_ = name;
  ++depth_;
  for (const std::string_view attribute : {"ref", "sqref", "r"}) {
    const auto value = attributes.find(attribute);
    if (value && parse_block(value->substr(0, value->find(' ')))) {
      addresses_.emplace_back(depth_, *value);
      break;
    }
  }
  begin_captures(name, attributes);
  if (inspection_.needles() != nullptr) {
    for (const auto& attribute : attributes.all()) inspection_.look_at_text(place_, name, attribute.value);
  }
}

void RuleScanner::begin_captures(std::string_view name, const formats::XmlAttributes& attributes) {
  const auto [first, last] = rules_.equal_range(name);
  for (auto it = first; it != last; ++it) {
    const ElementRule& rule = *it->second;
    if (!rule.root.empty() && rule.root != root_) continue;
    captures_.push_back({&rule, depth_, attribute_sample(rule.attributes, attributes), address()});
  }
}

std::string RuleScanner::address() const {
  if (!addresses_.empty()) return addresses_.back().second;
  return cell_ ? to_text(*cell_) : std::string();
}

void RuleScanner::on_text(std::string_view text) {
  if (text_.size() >= longest_text) look_at_text_so_far();
  text_ += text;
}

void RuleScanner::look_at_text_so_far() {
  if (text_.empty()) return;
  const std::string_view text = base::trimmed(text_);
  if (!text.empty()) {
    for (auto& capture : captures_) {
      if (capture.rule->sample == RuleSample::attributes_and_text) append(capture.sample, text);
    }
    const std::string where = address();
    inspection_.look_at_text(place_, where.empty() ? root_ : where, text);
  }
  text_.clear();
}

void RuleScanner::on_end(std::string_view) {
  look_at_text_so_far();
  while (!captures_.empty() && captures_.back().depth == depth_) {
    end_capture(captures_.back());
    captures_.pop_back();
  }
  if (!addresses_.empty() && addresses_.back().first == depth_) addresses_.pop_back();
  --depth_;
}

void RuleScanner::end_capture(const Capture& capture) {
  const ElementRule& rule = *capture.rule;
  if (rule.condition == RuleCondition::with_content && capture.sample.empty()) return;
  if (rule.condition == RuleCondition::with_words && !has_words(capture.sample)) return;
  if (!rule.harmless.empty() && rule.harmless.find("|" + capture.sample + "|") != std::string_view::npos) return;
  NotedFinding& found = inspection_.at(rule.kind, place_);
  if (const auto cell = parse_address(capture.address)) found.add_cell(*cell, capture.sample);
  else found.add(capture.address.empty() ? rule.element : std::string_view(capture.address), capture.sample);
}

void RuleScanner::on_comment(std::string_view text) {
  inspection_.at(FindingKind::xml_comment, place_).add(root_, text);
  inspection_.look_at_text(place_, "comment", text);
}

void RuleScanner::on_instruction(std::string_view target, std::string_view data) {
  inspection_.at(FindingKind::processing_instruction, place_).add(target, data);
  inspection_.look_at_text(place_, "instruction", data);
}

}  // namespace candour::inspect
