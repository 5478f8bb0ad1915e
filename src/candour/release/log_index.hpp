#pragma once
// The index page of the disclosure log.

#include <string>
#include <vector>

namespace candour::release {

/// One line of the index.
struct IndexedAnswer {
  std::string address;  ///< relative
  std::string reference;
  std::string title;
  std::string answered;       ///< in words
  std::string outcome;        ///< stable word
  std::string outcome_label;  ///< in words
};

/// Gives index.html; the answers in the order given.
[[nodiscard]] std::string log_index_html(const std::string& publisher, const std::vector<IndexedAnswer>& answers);

}  // namespace candour::release
