#pragma once
// Standard output and standard error of a verb: text for people, or one JSON document for programs.

#include <candour/base/result.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace candour::cli {

enum class OutputForm { text, json };

/// Where a verb writes. Text goes out as it comes; in the form json the verb gives exactly one document.
class Console {
 public:
  explicit Console(OutputForm form);

  [[nodiscard]] OutputForm form() const { return form_; }
  /// True where a verb should print for people; in the form json `print` writes nothing.
  [[nodiscard]] bool for_people() const { return form_ == OutputForm::text; }
  /// Writes text as it is to standard output; nothing in the form json.
  void print(std::string_view text);
  /// Writes the one document of the form json, followed by a line end; nothing in the form text.
  void print_json(const nlohmann::ordered_json& document);
  /// Writes "candour: sentence" and, where there is one, "hint: ..." per error to standard error; in the form json also one document
  /// {"errors": [...], "exit_status": n} to standard output.
  void print_errors(const base::Errors& errors);
  /// Pushes everything out. Error could_not_finish "output.unwritable" if standard output did not take it (disk full, closed pipe).
  [[nodiscard]] base::Result<base::Done> finish();

 private:
  OutputForm form_;
  bool coloured_;
};

}  // namespace candour::cli
