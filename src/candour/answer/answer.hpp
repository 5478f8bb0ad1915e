#pragma once
// The whole way on one screen: from a case to letter, tables, log page and private proof.

#include <candour/base/result.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::answer {

struct AnswerOptions {
  std::filesystem::path case_folder;
  std::filesystem::path output;  ///< default: case_folder/out
};

/// How it ended: `refused` means that nothing but "withhold all" certifies (the files are complete, still a draft).
enum class AnswerOutcome { answered, only_withhold_all };

struct AnswerReport {
  AnswerOutcome outcome = AnswerOutcome::answered;
  std::vector<std::string> lines;  ///< for the officer: what was given, what not and why, where the files lie
};

[[nodiscard]] base::ResultOrErrors<AnswerReport> answer_case(const AnswerOptions& options);

}  // namespace candour::answer
