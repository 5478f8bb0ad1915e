#pragma once
// The notice as plain paragraphs, ready for letter and page.

#include <map>
#include <string>
#include <vector>

namespace candour::release {

/// A headed part of the notice: what is withheld and by which provision, the balance, how to complain.
struct NoticeSection {
  std::string heading;
  std::vector<std::string> paragraphs;
};

struct NoticeText {
  std::vector<NoticeSection> sections;
  std::map<std::string, std::vector<std::string>> relied_on;  ///< by question: codes of provisions
  std::vector<std::string> to_confirm;                        ///< for the officer: shown in the draft of the letter and nowhere else
};

}  // namespace candour::release
