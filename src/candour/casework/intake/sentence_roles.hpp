#pragma once
// What a sentence of a letter is there for.

#include <candour/request/case.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::casework::intake {

enum class SentenceRole {
  question,    ///< asks for recorded information
  detail,      ///< says more about what is asked: a breakdown, a period, a form
  fallback,    ///< what would do instead
  cost_scope,  ///< leaves out what would cost too much, whatever it is
  lead_in,     ///< "please provide the following:"
  handling,    ///< about the handling: acknowledge, contact me, twenty working days
  remark,      ///< an opinion, also where it ends with a question mark
  other,       ///< a greeting, a background
};

[[nodiscard]] SentenceRole role_of(std::string_view sentence);

/// What kind of answer a question wants, with the words that say so; nothing where no words do.
struct KindFound {
  request::QuestionKind kind;
  std::string words;
};
[[nodiscard]] std::optional<KindFound> kind_of(std::string_view text);

/// The wishes for a form that a text holds, each once.
[[nodiscard]] std::vector<std::string> formats_in(std::string_view text);
/// "If possible, only ...": the first of two alternatives.
[[nodiscard]] bool is_preference(std::string_view sentence);

}  // namespace candour::casework::intake
