#pragma once
// Where each numeral comes from: a sealed figure or a declared fact. What comes from nowhere must not go out.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace candour::release {

/// A run of digits with its commas and decimal point: "1,377", "12.50", "03".
struct Numeral {
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// Gives the numerals of a text in order. A comma belongs to a numeral before exactly three digits, a point before a digit.
[[nodiscard]] std::vector<Numeral> numerals_of(std::string_view text);

/// A numeral that comes from nowhere.
struct UntracedNumeral {
  std::string numeral;
  std::size_t offset = 0;
  std::string around;  ///< the words beside it
};

/// Knows all numerals that may stand in a text. Written dates ("4 March 2024", "March 2024", "2024-03-04") and citations ("section 40(3A)(a)",
/// "Table 3", "question 2", "Act 2000") may always stand: neither can be read as a count.
class NumeralTrace {
 public:
  /// A text whose numerals may stand only as part of it: a label, a reference, a sentence that was sealed.
  void declare_phrase(std::string_view phrase);
  /// A numeral that may stand alone anywhere: a sealed figure. Commas do not matter.
  void declare_numeral(std::string_view numeral);
  /// All numerals of a text may stand alone anywhere: what the requester wrote, what an officer declared.
  void declare_numerals_in(std::string_view text);

  /// Gives the numerals that come from nowhere, in order. Cost: linear in the text, times the phrases that share a first numeral.
  [[nodiscard]] std::vector<UntracedNumeral> untraced_in(std::string_view text) const;

 private:
  struct Phrase {
    std::string text;
    std::size_t first_numeral = 0;  ///< offset in the text
  };
  [[nodiscard]] std::size_t end_of_phrase_at(std::string_view text, const Numeral& numeral) const;

  std::unordered_map<std::string, std::vector<Phrase>> phrases_;  ///< by their first numeral
  std::unordered_set<std::string> known_phrases_;
  std::unordered_set<std::string> numerals_;
};

}  // namespace candour::release
