#pragma once
// How like two texts are, by their words: which earlier answers come closest to a request.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace candour::similar {

/// A text that may be like another: a published answer, a line of a register.
struct KnownText {
  std::string title;
  std::string text;  ///< questions; may be empty
};

/// How like one known text is.
struct Likeness {
  std::size_t place = 0;                  ///< in the list of known texts
  int percent = 0;                        ///< 0 to 100: the cosine of the two texts' words, each weighed by how rare it is among the known texts
  int copied_percent = 0;                 ///< share of the shorter text's runs of four words that stand in the other too: 100 is word for word
  std::vector<std::string> shared_words;  ///< those that weigh most, the heaviest first; at most eight
};

/// Compares one text with many. Plurals count as their singular, words that say little are left out, a title counts three times.
/// The index is built once; texts are not kept.
class Comparison {
 public:
  explicit Comparison(const std::vector<KnownText>& known);

  /// Gives the `most` texts that are most like this one, the closest first; texts that share no word are left out. Cost: linear in the known texts.
  [[nodiscard]] std::vector<Likeness> closest(std::string_view title, std::string_view text, std::size_t most) const;

 private:
  struct Term {
    std::size_t word = 0;
    double weight = 0;
  };
  struct Profile {
    std::vector<Term> terms;           ///< sorted by word; length 1 in all
    std::vector<std::size_t> fourses;  ///< sorted: digests of runs of four words
  };

  [[nodiscard]] std::size_t number_of(const std::string& word) const;
  [[nodiscard]] Profile profile_of(std::string_view title, std::string_view text) const;

  std::vector<std::string> words_;  ///< sorted
  std::vector<double> rarity_;      ///< of each word
  std::vector<Profile> profiles_;
};

}  // namespace candour::similar
