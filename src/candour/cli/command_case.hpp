#pragma once
// The verbs `case new`, `case confirm`, `case list`, `case status`, `case note`, `case history` and `case statistics`.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_case_new_command();
[[nodiscard]] std::unique_ptr<Command> make_case_confirm_command();
[[nodiscard]] std::unique_ptr<Command> make_case_list_command();
[[nodiscard]] std::unique_ptr<Command> make_case_status_command();
[[nodiscard]] std::unique_ptr<Command> make_case_note_command();
[[nodiscard]] std::unique_ptr<Command> make_case_history_command();
[[nodiscard]] std::unique_ptr<Command> make_case_statistics_command();

}  // namespace candour::cli
