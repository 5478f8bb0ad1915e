#pragma once
// Two desks (design.md section 9): the order that a disclosure officer sends to the data unit, and the handover that comes back.

#include <candour/base/result.hpp>
#include <candour/casework/signed_package.hpp>
#include <candour/request/case.hpp>
#include <candour/table/releases.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::casework {

/// What an order holds, as bytes: the questions and designs (request::order_text) and the policy.
struct OrderContent {
  std::string order;
  std::string policy;

  /// Names the content, so that a case that has moved on since is told from the one that was commissioned.
  [[nodiscard]] base::Digest digest() const;
};

/// The content of an order for this case, as the case stands now. `policy_bytes` of the policy that applies.
/// Refused "commission.names_requester", one error a place, if a text that would travel names who asked: requester.toml is read for that and for nothing else.
[[nodiscard]] base::ResultOrErrors<OrderContent> order_content(const std::filesystem::path& case_folder, const request::Case& the_case,
                                                               std::string policy_bytes);

struct Commission {
  std::string reference;
  std::string by;  ///< who commissions it
  base::Date on = {};
};

/// Gives the bytes of order.zip. Its mark is taken from the journal as it stands, so that each order of a case is another; recording it moves the journal on.
[[nodiscard]] base::Result<std::string> make_order(const std::filesystem::path& output, const OrderContent& content, const Commission& commission,
                                                   const base::SigningKey& key);
/// Adds the order to the journal. Until that is done, make_order gives the same bytes again.
[[nodiscard]] base::Result<base::Done> record_order(const std::filesystem::path& output, const OrderContent& content, const Commission& commission,
                                                    const std::string& order_bytes);

/// An order as the data unit opens it.
struct OpenedOrder {
  base::Digest digest;  ///< what names it
  std::string reference;
  std::string commissioned_by;
  std::string signer;
  OrderContent content;
};
[[nodiscard]] base::Result<OpenedOrder> open_order(const std::filesystem::path& file, const Keyring& keyring);

/// One question in words: what is given and why no more. Sealed sentences only.
struct HandoverQuestion {
  std::string question;
  std::string given;
  std::vector<std::string> reasons;
};

/// An earlier release beside which the data unit protected.
struct StoodBeside {
  std::string id;        ///< as its register calls it
  base::Digest figures;  ///< digest_of_figures
};

/// What comes back. Nothing in it was not made to be published, apart from hours, names and dates.
struct HandoverContent {
  base::Digest order;
  std::string reference;
  std::string analyst;
  bool withholds_all = false;
  std::vector<HandoverQuestion> questions;
  std::vector<std::string> lines;                                                     ///< for the officer, in words
  std::vector<std::string> people_unknown;                                            ///< numbers of questions
  std::vector<std::pair<std::string, std::vector<table::CoverageStretch>>> coverage;  ///< by question
  std::vector<request::CostItem> hours;
  std::vector<StoodBeside> beside;                               ///< every earlier release about the populations that the data unit knows of
  std::vector<std::pair<std::string, base::Date>> extracted_on;  ///< by population: which records were counted
  std::string published;
  std::string seal;
};

/// Gives the bytes of handover.zip.
[[nodiscard]] base::Result<std::string> make_handover(const HandoverContent& content, const base::SigningKey& key, base::Date on);

struct OpenedHandover {
  base::Digest digest;
  std::string signer;
  HandoverContent content;
};
/// Opens a handover and holds it against the case: refused "handover.other_case" if it is another case's, "handover.unknown_order" if this case never sent
/// that order, "handover.old_order" if a newer one has gone out since, "handover.case_changed" if the case asks for something else now than the order did.
[[nodiscard]] base::Result<OpenedHandover> open_handover(const std::filesystem::path& file, const Keyring& keyring, const std::filesystem::path& output,
                                                         const std::string& reference, const base::Digest& content_now);

/// Holds a handover beside the releases that this desk knows of. Refused "handover.release_missing" if one of them about a population of the handover is
/// not among those beside which the data unit protected: what both give away together, nobody has looked at.
[[nodiscard]] base::Result<base::Done> check_stood_beside(const HandoverContent& content, const std::vector<table::Release>& known);

/// What of a handover `candour register add` and a review need when the package itself is gone: a file for private/.
[[nodiscard]] base::FileToWrite handed_over_file(const OpenedHandover& handover);
/// Reads it back; nothing where the answer does not go on from a handover. Error refused "handover.unreadable".
[[nodiscard]] base::Result<std::optional<HandoverContent>> handed_over_content(const std::filesystem::path& output);

/// Adds to the journal that the answer goes on from this handover, by whom it was made and how many hours it took. Said again it does nothing.
[[nodiscard]] base::Result<base::Done> record_handover(const std::filesystem::path& output, const OpenedHandover& handover, base::Date on);

/// The hours as a file for private/, in the words of the case file: `candour cost` adds them up with the case's own.
[[nodiscard]] std::string hours_text(const std::vector<request::CostItem>& hours);
/// Reads them back from an answer's folder; none where there is no such file.
[[nodiscard]] base::ResultOrErrors<std::vector<request::CostItem>> handed_over_hours(const std::filesystem::path& output);

}  // namespace candour::casework
