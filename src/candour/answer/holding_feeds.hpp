#pragma once
// The holdings of a case, and how a question's rows are read from them.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/request/case.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace candour::answer {

/// Holdings are opened once and read as often as is needed.
class OpenHoldings {
 public:
  explicit OpenHoldings(const request::Case& the_case) : case_(the_case) {}

  /// Errors: wrong_input "answer.holding_elsewhere" for one that another unit keeps; those of opening it.
  [[nodiscard]] base::Result<holdings::RecordHolding*> open(const request::CaseHolding& holding);
  /// Of all holdings opened, in the order of the case, so that the digest does not hang on which population asked first.
  [[nodiscard]] base::Result<base::Digest> digest();

 private:
  const request::Case& case_;
  std::map<std::string, std::unique_ptr<holdings::RecordHolding>> opened_;
};

[[nodiscard]] std::vector<tabulate::FilterTerm> terms_of(const std::vector<request::Condition>& conditions);
/// How a holding tells each variable of a population. Error wrong_input "answer.no_reading".
[[nodiscard]] base::Result<std::vector<tabulate::VariableSource>> sources_of(const request::Case& the_case, const request::CasePopulation& population,
                                                                             const request::CaseHolding& holding);

}  // namespace candour::answer
