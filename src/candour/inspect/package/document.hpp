#pragma once
// Text and drawings of an Office Open XML part that several elements together hide: runs of text, shapes.

#include <candour/inspect/package/rule_scanner.hpp>

#include <optional>
#include <string>

namespace candour::inspect {

/// Follows the runs of WordprocessingML text with the properties that hide them, and the drawing properties of shapes, and hands every event on to
/// a rule scanner. Used for every part that is no worksheet.
class DocumentHandler : public formats::XmlHandler {
 public:
  DocumentHandler(RuleScanner& scanner, Inspection& inspection, InspectionPlace place) : scanner_(scanner), inspection_(inspection), place_(std::move(place)) {}
  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override;
  void on_end(std::string_view name) override;
  void on_text(std::string_view text) override;
  void on_comment(std::string_view text) override { scanner_.on_comment(text); }
  void on_instruction(std::string_view target, std::string_view data) override { scanner_.on_instruction(target, data); }

 private:
  /// What the properties of a run say.
  struct Run {
    bool vanishes = false;
    std::string colour = "000000";  ///< of the letters
    bool is_tiny = false;
    std::string ground = "FFFFFF";  ///< behind them
    std::string text;
  };
  void start_run_property(std::string_view name, const formats::XmlAttributes& attributes);
  void start_drawing(std::string_view name, const formats::XmlAttributes& attributes);
  void end_run();

  RuleScanner& scanner_;
  Inspection& inspection_;
  InspectionPlace place_;
  std::optional<Run> run_;
  bool in_run_properties_ = false;
  bool in_run_text_ = false;
  std::size_t paragraph_ = 0;
  bool drawing_is_in_front_ = false;
};

}  // namespace candour::inspect
