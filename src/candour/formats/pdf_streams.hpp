#pragma once
// Expands the streams of a PDF within limits. Private to the PDF reader.

#include <candour/formats/pdf_reader.hpp>

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <optional>
#include <stdexcept>
#include <string>

namespace candour::formats::detail {

/// Thrown through qpdf when a limit is reached; caught in read_pdf.
struct PdfLimitReached : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The bytes that may still be expanded.
class PdfBudget {
 public:
  explicit PdfBudget(const PdfLimits& limits) : limits_(limits) {}
  void take(std::uint64_t bytes);
  [[nodiscard]] const PdfLimits& limits() const { return limits_; }

 private:
  PdfLimits limits_;
  std::uint64_t total_ = 0;
};

/// Gives a stream's content through all filters that qpdf knows, or nothing where it knows one not.
[[nodiscard]] std::optional<std::string> expanded(QPDFObjectHandle stream, PdfBudget& budget);
/// Gives a stream's bytes as they stand, or nothing beyond a limit.
[[nodiscard]] std::optional<std::string> raw_bytes(QPDFObjectHandle stream, PdfBudget& budget);

}  // namespace candour::formats::detail
