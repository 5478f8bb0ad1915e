#pragma once
// Names of the files of an answer. Until two people approved, every name starts with "draft-".

#include <candour/release/answer_content.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace candour::release {

/// Gives "draft-answer.html" or "answer.html".
[[nodiscard]] std::string file_name(ApprovalState state, std::string_view name);
/// Gives "csv/draft-q1-month.csv" or "csv/q1-month.csv".
[[nodiscard]] std::string csv_path(ApprovalState state, std::string_view stem);

}  // namespace candour::release
