#include <candour/formats/pdf_streams.hpp>

namespace candour::formats::detail {
namespace {

/// Collects what a stream expands to and stops at the limit.
class LimitedText : public Pipeline {
 public:
  explicit LimitedText(PdfBudget& budget) : Pipeline("limited", nullptr), budget_(budget) {}
  void write(unsigned char const* data, size_t length) override {
    budget_.take(length);
    if (text.size() + length > budget_.limits().most_stream_bytes) throw PdfLimitReached("a stream expands to more than the limit");
    text.append(reinterpret_cast<const char*>(data), length);
  }
  void finish() override {}
  std::string text;

 private:
  PdfBudget& budget_;
};

}  // namespace

void PdfBudget::take(std::uint64_t bytes) {
  total_ += bytes;
  if (total_ > limits_.most_total_bytes) throw PdfLimitReached("the streams together expand to more than the limit");
}

std::optional<std::string> expanded(QPDFObjectHandle stream, PdfBudget& budget) {
  LimitedText out(budget);
  bool filtered = false;
  const bool read = stream.pipeStreamData(&out, &filtered, 0, qpdf_dl_generalized, true, false);
  if (!read || !filtered) return std::nullopt;
  return std::move(out.text);
}

std::optional<std::string> raw_bytes(QPDFObjectHandle stream, PdfBudget& budget) {
  LimitedText out(budget);
  bool filtered = false;
  if (!stream.pipeStreamData(&out, &filtered, 0, qpdf_dl_none, true, false)) return std::nullopt;
  return std::move(out.text);
}

}  // namespace candour::formats::detail
