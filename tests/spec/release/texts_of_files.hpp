#pragma once
// What a reader or a program finds in a file of an answer: every text and number, without the mark-up around it.

#include <candour/base/files.hpp>

#include <string>
#include <vector>

namespace candour::support {

/// One text and where it stands in the file.
struct PlacedText {
  std::string place;
  std::string text;
};

/// Gives the texts of a file by the ending of its name: .html, .csv, .json, .ods, .xlsx. Fails the test for any other.
[[nodiscard]] std::vector<PlacedText> texts_of(const base::FileToWrite& file);

}  // namespace candour::support
