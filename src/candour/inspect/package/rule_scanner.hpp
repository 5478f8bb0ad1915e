#pragma once
// Finds hiding places that are one XML element each, by a table of rules.

#include <candour/formats/xml_reader.hpp>
#include <candour/inspect/inspection.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace candour::inspect {

/// What of an element is its content.
enum class RuleSample {
  attributes,           ///< the named attributes only
  attributes_and_text,  ///< and all text inside
};

/// When an element is a finding.
enum class RuleCondition {
  always,
  with_content,  ///< when the sample is not empty
  with_words,    ///< when it is more than the codes of a header or footer
};

/// One hiding place: this element is a finding of this kind.
struct ElementRule {
  std::string_view root;     ///< root element of the parts it applies to; empty for all
  std::string_view element;  ///< canonical name
  FindingKind kind;
  std::string_view attributes;  ///< names whose values are samples, separated by blanks; "*" for all
  RuleSample sample = RuleSample::attributes_and_text;
  RuleCondition condition = RuleCondition::with_content;
  std::string_view harmless = {};  ///< samples that are no finding, each between '|' signs
};

/// Reads one XML part and writes down what the rules find, with the address of the nearest element that has one (ref, sqref or r). All text and, where
/// withheld values are searched, all attributes are looked at too. Comments and processing instructions are findings.
class RuleScanner : public formats::XmlHandler {
 public:
  RuleScanner(std::span<const ElementRule> rules, Inspection& inspection, InspectionPlace place);
  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override;
  void on_end(std::string_view name) override;
  void on_text(std::string_view text) override;
  void on_comment(std::string_view text) override;
  void on_instruction(std::string_view target, std::string_view data) override;

  /// Gives the cell in which later elements stand, for formats whose elements carry no address; nothing ends it.
  void stand_in(std::optional<CellAddress> cell) { cell_ = cell; }

  [[nodiscard]] const std::string& root() const { return root_; }

 private:
  struct Capture {
    const ElementRule* rule;
    std::size_t depth;
    std::string sample;
    std::string address;
  };
  void begin_captures(std::string_view name, const formats::XmlAttributes& attributes);
  void end_capture(const Capture& capture);
  void look_at_text_so_far();
  [[nodiscard]] std::string address() const;

  Inspection& inspection_;
  InspectionPlace place_;
  std::unordered_multimap<std::string_view, const ElementRule*> rules_;
  std::string root_;
  std::size_t depth_ = 0;
  std::vector<Capture> captures_;
  std::vector<std::pair<std::size_t, std::string>> addresses_;  ///< depth and address of the open elements that have one
  std::optional<CellAddress> cell_;
  std::string text_;
};

}  // namespace candour::inspect
