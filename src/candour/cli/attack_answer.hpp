#pragma once
// The attack on the published files of an answer, as each intruder that its policy names.

#include <candour/answer/answer.hpp>
#include <candour/cli/command.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {

/// What was found, in words: a line a finding, and its derivations.
struct AnswerAttack {
  std::vector<std::string> lines;
  std::size_t open_findings = 0;    ///< those that suppose no insider
  std::vector<table::Release> out;  ///< what the files themselves say, a release a population: what the world knows of this answer
};
/// The same for verbs that print something of their own; `earlier` are the releases that the world knows beside the answer, whatever their populations.
[[nodiscard]] base::ResultOrErrors<AnswerAttack> attack_on_answer(const std::filesystem::path& case_or_answer,
                                                                  const std::optional<std::filesystem::path>& output,
                                                                  const std::vector<answer::EarlierRelease>& earlier = {});

/// Takes the folder of a case or its case.toml, or the folder of an answer that lies directly below its case; `output` where the answer lies elsewhere.
/// Prints a line a finding and its derivation; `refused` if somebody finds anything without supposing an insider.
[[nodiscard]] base::ResultOrErrors<ExitStatus> attack_answer(const std::filesystem::path& case_or_answer, const std::optional<std::filesystem::path>& output,
                                                             Console& console);

}  // namespace candour::cli
