#pragma once
// The letter to the requester, as data: the same blocks become HTML and PDF.

#include <candour/formats/pdf_document.hpp>
#include <candour/release/authority_picture.hpp>
#include <candour/release/readable_answer.hpp>

#include <string>
#include <variant>
#include <vector>

namespace candour::release {

struct LetterHeading {
  int level = 2;
  std::string text;
};
struct LetterParagraph {
  std::string text;
  enum class Weight { regular, bold } weight = Weight::regular;
};
struct LetterQuote {
  std::vector<std::string> paragraphs;
};
struct LetterList {
  std::vector<std::string> items;
};
struct LetterLegend {
  std::vector<SymbolMeaning> symbols;
};
struct LetterTable {
  const ReadableTable* table = nullptr;
};

using LetterBlock = std::variant<LetterHeading, LetterParagraph, LetterQuote, LetterList, LetterLegend, LetterTable>;

struct Letter {
  std::string authority;  ///< name alone, for the head
  base::Date written_on{};
  std::string from;  ///< authority and address, a line each
  std::string to;    ///< requester and address, a line each
  std::string date;
  std::string reference;
  std::string title;
  std::string salutation;
  std::vector<LetterBlock> blocks;
  std::string closing;
  std::string signer;
  std::string contact;  ///< how to reach the writer; empty: nothing
  std::string footer;   ///< beside the reference at the foot of every page; empty: nothing
  AuthorityPictures pictures;
  ApprovalState approval = ApprovalState::draft;
};

/// Gives the letter: the request word for word, then question by question what is given, withheld and why, not held, not run; the tables; the notice.
/// The order must name a requester. The letter borrows the answer's tables.
[[nodiscard]] Letter letter_of(const ReadableAnswer& answer);

/// The head and foot that every letter shares: who writes to whom, when, under which reference, in the authority's own wording where it has some.
[[nodiscard]] Letter letter_frame(const request::Case& the_case, const request::Requester& requester, base::Date written_on);

/// Gives reply/letter.html.
[[nodiscard]] std::string letter_html(const Letter& letter);

/// Gives reply/letter.pdf. Errors: could_not_finish "pdf.not_written".
[[nodiscard]] base::Result<std::string> letter_pdf(const Letter& letter);

}  // namespace candour::release
