#include <candour/cli/commands.hpp>

#include <candour/cli/command_answer.hpp>
#include <candour/cli/command_approve.hpp>
#include <candour/cli/command_attack.hpp>
#include <candour/cli/command_bundle.hpp>
#include <candour/cli/command_case.hpp>
#include <candour/cli/command_clock.hpp>
#include <candour/cli/command_commission.hpp>
#include <candour/cli/command_completion.hpp>
#include <candour/cli/command_cost.hpp>
#include <candour/cli/command_holdings.hpp>
#include <candour/cli/command_inspect.hpp>
#include <candour/cli/command_keys.hpp>
#include <candour/cli/command_letter.hpp>
#include <candour/cli/command_log.hpp>
#include <candour/cli/command_microdata.hpp>
#include <candour/cli/command_plans.hpp>
#include <candour/cli/command_protect.hpp>
#include <candour/cli/command_recall.hpp>
#include <candour/cli/command_register.hpp>
#include <candour/cli/command_retention.hpp>
#include <candour/cli/command_review.hpp>
#include <candour/cli/command_similar.hpp>
#include <candour/cli/command_tabulate.hpp>
#include <candour/cli/command_verify.hpp>

#include <array>

namespace candour::cli {

std::span<const CommandEntry> commands() {
  // name, folder, summary, maker; alphabetical.
  static constexpr std::array list{
      CommandEntry{"answer", "answer", "Answer a request: search the most detailed protected answer, prove it, write it", make_answer_command},
      CommandEntry{"approve", "casework", "Record that a person approves the exact files of an answer", make_approve_command},
      CommandEntry{"attack", "attack", "Find what can be derived from a published answer, or about the hidden cells of any table", make_attack_command},
      CommandEntry{"bundle", "casework", "Gather everything about a case that a regulator asks for, with and without exempt material", make_bundle_command},
      CommandEntry{"case confirm", "casework", "Show and confirm what was proposed for a new case", make_case_confirm_command},
      CommandEntry{"case history", "casework", "Show who did what with a case, and that nothing of it was changed", make_case_history_command},
      CommandEntry{"case list", "casework", "List the open cases with clock, due day, who has them and what they wait for", make_case_list_command},
      CommandEntry{"case new", "casework", "Open a case from a letter or e-mail: propose its questions and tables", make_case_new_command},
      CommandEntry{"case note", "casework", "Note what happened to a case: a clarification, a fee, an answer", make_case_note_command},
      CommandEntry{"case statistics", "casework", "Count the cases as the section 45 code asks, and show the workload", make_case_statistics_command},
      CommandEntry{"case status", "casework", "Say where one case stands and what to do next", make_case_status_command},
      CommandEntry{"clock", "law", "Say by when a request has to be answered", make_clock_command},
      CommandEntry{"commission", "casework", "Write the order for the data unit: questions, designs and policy, and no requester", make_commission_command},
      CommandEntry{"completion", "cli", "Print the completion script of a shell", make_completion_command},
      CommandEntry{"cost", "law", "Add up what answering costs and hold it against the limit", make_cost_command},
      CommandEntry{"holdings", "holdings", "Describe the holdings of a case: rows, columns, missing values, codes outside their lists", make_holdings_command},
      CommandEntry{"inspect", "inspect", "Find what hides in files before they go out", make_inspect_command},
      CommandEntry{"keys list", "casework", "List whose signatures a keyring trusts, and for what", make_keys_list_command},
      CommandEntry{"keys new", "casework", "Make a key for a person or a unit", make_keys_new_command},
      CommandEntry{"keys trust", "casework", "Enter a public key in a keyring", make_keys_trust_command},
      CommandEntry{"letter", "release", "Write a letter beside the answer: acknowledgement, clarification, extension, fees, late news, review",
                   make_letter_command},
      CommandEntry{"log add", "publish", "Put an approved answer into the disclosure log", make_log_add_command},
      CommandEntry{"log build", "publish", "Build the pages of the disclosure log anew", make_log_build_command},
      CommandEntry{"log decide", "casework", "Record whether an answer is published: yes, no or later, with the reason", make_log_decide_command},
      CommandEntry{"log remove", "publish", "Take an answer out of the disclosure log; its address says when and why", make_log_remove_command},
      CommandEntry{"microdata", "protect", "Recode records so that nobody in them stands out, with the least loss, and prove it", make_microdata_command},
      CommandEntry{"plans", "answer", "Show the most detailed plans that certify, and why no finer one does", make_plans_command},
      CommandEntry{"protect", "protect", "Protect one large table: suppress, round or perturb, with proof", make_protect_command},
      CommandEntry{"recall", "casework", "Call back a wrong answer: log, recipients, breach checklist, and what the world can find now", make_recall_command},
      CommandEntry{"register add", "casework", "Put an approved answer into the register of releases", make_register_add_command},
      CommandEntry{"register import", "casework", "Put an answer that was published by other means into the register", make_register_import_command},
      CommandEntry{"register list", "casework", "List what the authority has published", make_register_list_command},
      CommandEntry{"register verify", "casework", "Follow the register's chain through every byte", make_register_verify_command},
      CommandEntry{"retention", "casework", "Delete what is private of cases on their day, with a certificate of deletion", make_retention_command},
      CommandEntry{"review", "casework", "Open an internal review by another person, and record its outcome", make_review_command},
      CommandEntry{"sent", "casework", "Note to whom an approved answer was sent", make_sent_command},
      CommandEntry{"similar", "similar", "Find published answers and earlier requests that are like a request", make_similar_command},
      CommandEntry{"tabulate", "tabulate", "Count records, people and amounts in every cell at every level", make_tabulate_command},
      CommandEntry{"verify", "certify", "Re-add the certificate of an answer: no solver, no trust", make_verify_command},
  };
  return list;
}

}  // namespace candour::cli
