#pragma once
// What became of an answer after it was approved: to whom it was sent, and how it is called back.

#include <candour/base/date.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/base/local_minute.hpp>
#include <candour/base/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

/// One sending of an answer. A person says that it was sent; the program sends nothing.
struct Sending {
  std::string to;   ///< as the recipient is called in the case: "the requester", a name, an office
  std::string how;  ///< "e-mail", "post", "WhatDoTheyKnow"
  base::Date on = {};
  std::string by;
  base::Digest final;
};
/// Adds a sending to the journal. Errors: wrong_input "sent.incomplete" for an empty field, "sent.future_day".
[[nodiscard]] base::Result<base::Done> record_sending(const std::filesystem::path& output, const Sending& sending, base::Date noted_on);
/// All sendings of these files.
[[nodiscard]] base::Result<std::vector<Sending>> sendings(const std::filesystem::path& output, const base::Digest& final);

/// A person's word that an answer must be called back.
struct Recall {
  std::string because;
  std::string by;
  base::LocalMinute aware;  ///< when the authority became aware: the 72 hours run from here
  base::Date on = {};
  base::Digest final;  ///< of the files that are called back
};
/// Adds a recall to the journal; from then on the files are not published (check_publication). Said again for the same files it adds nothing and gives the
/// recall that stands. Errors: wrong_input "recall.incomplete".
[[nodiscard]] base::Result<Recall> record_recall(const std::filesystem::path& output, const Recall& recall);

/// What is known when a recall is written up.
struct RecallFacts {
  Recall recall;
  std::string reference;
  base::LocalMinute notify_by;              ///< 72 hours after `aware`
  std::optional<std::string> taken_out_of;  ///< the log, where it stood in one
  std::vector<Sending> sent;
  std::vector<std::string> attack;  ///< what intruders find in what the world now knows, in words
};
/// recipients.txt, checklist.txt (every box empty: a person ticks it) and attack.txt, for private/casework/recall/. Rule base: law/breach_checklist.csv.
[[nodiscard]] std::vector<base::FileToWrite> recall_files(const RecallFacts& facts);

}  // namespace candour::casework
