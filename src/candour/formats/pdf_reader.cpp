#include <candour/formats/pdf_reader.hpp>

#include <candour/formats/pdf_content.hpp>
#include <candour/formats/pdf_streams.hpp>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include <algorithm>
#include <array>
#include <set>

namespace candour::formats {
namespace {

using base::Cause;
using base::Error;
using base::fail;
using base::Result;
using detail::PdfBudget;
using detail::PdfLimitReached;

constexpr std::string_view end_mark = "%%EOF";

Error problem(std::string code, std::string sentence) { return {Cause::could_not_finish, std::move(code), {}, std::move(sentence), {}}; }

std::string text_of(QPDFObjectHandle object) {
  if (object.isString()) return object.getUTF8Value();
  if (object.isName()) return object.getName().substr(1);
  return {};
}

bool has_name(QPDFObjectHandle dictionary, const char* key, std::string_view name) {
  auto value = dictionary.getKey(key);
  return value.isName() && value.getName() == name;
}

/// Walks through all objects that can be reached, each once, and writes down what their keys say.
class ObjectWalk {
 public:
  ObjectWalk(PdfFacts& facts, PdfBudget& budget) : facts_(facts), budget_(budget) {}

  void walk(const QPDFObjectHandle& start) {
    waiting_.push_back({start, "trailer"});
    while (!waiting_.empty()) {
      auto [object, where, by] = waiting_.back();
      waiting_.pop_back();
      visit(object, where, by);
    }
  }
  [[nodiscard]] bool reached(const QPDFObjGen& object) const { return seen_.contains(object); }

  /// Looks at an object that nothing refers to.
  void look_at_lost(QPDFObjectHandle object, const std::string& where) {
    waiting_.push_back({object, where});
    walk(QPDFObjectHandle::newNull());
  }

 private:
  struct Waiting {
    QPDFObjectHandle object;
    std::string where;
    std::string by = {};  ///< key that leads here
  };

  void visit(QPDFObjectHandle object, std::string where, const std::string& by) {
    if (object.isIndirect()) {
      if (!seen_.insert(object.getObjGen()).second) return;
      if (seen_.size() > budget_.limits().most_objects) throw PdfLimitReached("the document has more objects than the limit");
      where = "object " + std::to_string(object.getObjectID());
    }
    if (object.isArray()) {
      for (int i = 0; i < object.getArrayNItems(); ++i) push(object.getArrayItem(i), where, by);
      return;
    }
    QPDFObjectHandle dictionary = object.isStream() ? object.getDict() : object;
    if (!dictionary.isDictionary()) return;
    look_at_keys(dictionary, where);
    if (object.isStream()) look_at_stream(object, dictionary, where);
    const bool gives_names = !object.isStream() && !dictionary.hasKey("/Type") && is_list_of_resources(by);
    for (const auto& key : dictionary.getKeys()) {
      if (!gives_names) facts_.keys.insert(key.substr(1));
      push(dictionary.getKey(key), where, key);
    }
  }

  static bool is_list_of_resources(std::string_view key) {
    constexpr std::string_view lists[] = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties"};
    return std::find(std::begin(lists), std::end(lists), key) != std::end(lists);
  }

  void push(QPDFObjectHandle object, const std::string& where, const std::string& by) {
    if (object.isIndirect() || object.isArray() || object.isDictionary() || object.isStream()) waiting_.push_back({object, where, by});
  }

  void add(PdfItemKind kind, const std::string& where, std::string text) { facts_.items.push_back({kind, where, std::move(text)}); }

  void look_at_keys(QPDFObjectHandle dictionary, const std::string& where) {
    if (dictionary.hasKey("/PieceInfo")) add(PdfItemKind::private_data, where, "");
    if (dictionary.hasKey("/Thumb")) add(PdfItemKind::thumbnail, where, "");
    if (dictionary.hasKey("/Alternates")) add(PdfItemKind::alternate_image, where, "");
    if (dictionary.hasKey("/JS")) add(PdfItemKind::script, where, text_of(dictionary.getKey("/JS")));
    if (dictionary.getKey("/Alt").isString()) add(PdfItemKind::alternative_text, where, text_of(dictionary.getKey("/Alt")));
    if (dictionary.getKey("/ActualText").isString()) add(PdfItemKind::replacement_text, where, text_of(dictionary.getKey("/ActualText")));
    if (dictionary.getKey("/E").isString() && dictionary.hasKey("/S")) add(PdfItemKind::replacement_text, where, text_of(dictionary.getKey("/E")));
    if (dictionary.getKey("/URI").isString()) add(PdfItemKind::link_target, where, text_of(dictionary.getKey("/URI")));
    if (has_name(dictionary, "/S", "/Launch") || has_name(dictionary, "/S", "/GoToR") || has_name(dictionary, "/S", "/SubmitForm") ||
        has_name(dictionary, "/S", "/ImportData")) {
      add(PdfItemKind::external_file, where, text_of(dictionary.getKey("/F")));
    }
    if (dictionary.hasKey("/FT") || (dictionary.hasKey("/V") && dictionary.hasKey("/T"))) {
      if (auto value = text_of(dictionary.getKey("/V")); !value.empty()) add(PdfItemKind::form_value, where, value);
      else if (dictionary.getKey("/V").isStream()) add(PdfItemKind::form_value, where, "");
    }
    if (dictionary.getKey("/Title").isString() &&
        (dictionary.hasKey("/Parent") && (dictionary.hasKey("/Dest") || dictionary.hasKey("/A") || dictionary.hasKey("/Next") || dictionary.hasKey("/Prev")))) {
      add(PdfItemKind::bookmark, where, text_of(dictionary.getKey("/Title")));
    }
    look_at_destinations(dictionary, where);
    look_at_annotation(dictionary, where);
    if (dictionary.getKey("/EF").isDictionary()) look_at_file(dictionary, where);
  }

  void look_at_destinations(QPDFObjectHandle dictionary, const std::string& where) {
    auto destinations = dictionary.getKey("/Dests");
    if (!destinations.isDictionary()) return;
    for (const auto& key : destinations.getKeys()) {
      if (key != "/Names" && key != "/Kids" && key != "/Limits") add(PdfItemKind::named_destination, where, key.substr(1));
    }
    std::vector<QPDFObjectHandle> nodes{destinations};
    for (std::size_t i = 0; i < nodes.size() && i < 10'000; ++i) {
      auto names = nodes[i].getKey("/Names"), kids = nodes[i].getKey("/Kids");
      for (int k = 0; names.isArray() && k + 1 < names.getArrayNItems(); k += 2) add(PdfItemKind::named_destination, where, text_of(names.getArrayItem(k)));
      for (int k = 0; kids.isArray() && k < kids.getArrayNItems(); ++k) {
        if (kids.getArrayItem(k).isDictionary()) nodes.push_back(kids.getArrayItem(k));
      }
    }
  }

  void look_at_annotation(QPDFObjectHandle dictionary, const std::string& where) {
    if (!dictionary.getKey("/Rect").isRectangle() || !dictionary.getKey("/Subtype").isName()) return;
    const std::string kind = dictionary.getKey("/Subtype").getName();
    const std::string text = text_of(dictionary.getKey("/Contents")), author = text_of(dictionary.getKey("/T"));
    // A link without words of its own is part of the page; so is a field, whose value is looked at apart.
    if ((kind == "/Link" && text.empty()) || kind == "/Widget") return;
    add(PdfItemKind::annotation, where, author.empty() ? text : author + ": " + text);
  }

  void look_at_file(QPDFObjectHandle specification, const std::string& where) {
    auto files = specification.getKey("/EF");
    auto name = text_of(specification.getKey("/UF"));
    if (name.empty()) name = text_of(specification.getKey("/F"));
    for (const auto& key : files.getKeys()) {
      auto stream = files.getKey(key);
      if (!stream.isStream() || !files_seen_.insert(stream.getObjGen()).second) continue;
      auto bytes = detail::expanded(stream, budget_);
      if (bytes) facts_.files.push_back({where, name, std::move(*bytes)});
      else facts_.unread.push_back("an attached file cannot be expanded (" + where + ")");
    }
  }

  void look_at_stream(QPDFObjectHandle stream, QPDFObjectHandle dictionary, const std::string& where) {
    if (has_name(dictionary, "/Type", "/Metadata") || has_name(dictionary, "/Subtype", "/XML")) {
      if (auto packet = detail::expanded(stream, budget_)) facts_.metadata.push_back(std::move(*packet));
      else facts_.unread.push_back("a metadata packet cannot be expanded (" + where + ")");
    }
    auto filter = dictionary.getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
    const bool is_jpeg = filter.isName() && filter.getName() == "/DCTDecode";
    if (has_name(dictionary, "/Subtype", "/Image") && !is_jpeg) facts_.other_pictures.push_back(where);
    if (is_jpeg) {
      if (auto bytes = detail::raw_bytes(stream, budget_)) facts_.pictures.push_back({where, {}, std::move(*bytes)});
      else facts_.unread.push_back("a picture cannot be read (" + where + ")");
    }
    if (has_name(dictionary, "/Type", "/EmbeddedFile") && files_seen_.insert(stream.getObjGen()).second) {
      auto bytes = detail::expanded(stream, budget_);
      if (bytes) facts_.files.push_back({where, "attachment", std::move(*bytes)});
      else facts_.unread.push_back("an attached file cannot be expanded (" + where + ")");
    }
  }

  PdfFacts& facts_;
  PdfBudget& budget_;
  std::vector<Waiting> waiting_;
  std::set<QPDFObjGen> seen_, files_seen_;
};

std::set<std::string> layers_off(QPDF& pdf, PdfFacts& facts) {
  std::set<std::string> off;
  auto properties = pdf.getRoot().getKey("/OCProperties");
  if (!properties.isDictionary()) return off;
  auto configuration = properties.getKey("/D");
  const auto each = [](QPDFObjectHandle array, auto visit) {
    for (int i = 0; array.isArray() && i < array.getArrayNItems(); ++i) visit(array.getArrayItem(i));
  };
  if (!configuration.isDictionary()) return off;
  if (has_name(configuration, "/BaseState", "/OFF")) {
    each(properties.getKey("/OCGs"), [&](QPDFObjectHandle group) { off.insert(group.getObjGen().unparse(' ')); });
    each(configuration.getKey("/ON"), [&](QPDFObjectHandle group) { off.erase(group.getObjGen().unparse(' ')); });
  }
  each(configuration.getKey("/OFF"), [&](QPDFObjectHandle group) { off.insert(group.getObjGen().unparse(' ')); });
  each(properties.getKey("/OCGs"), [&](QPDFObjectHandle group) {
    if (off.contains(group.getObjGen().unparse(' ')) && group.isDictionary()) {
      facts.items.push_back({PdfItemKind::switched_off_layer, "object " + std::to_string(group.getObjectID()), text_of(group.getKey("/Name"))});
    }
  });
  return off;
}

/// Objects that the file keeps and nothing reaches; the records of the file's own making are none of them.
void note_unreferenced(QPDF& pdf, std::vector<QPDFObjectHandle> objects, ObjectWalk& walk, PdfFacts& facts) {
  for (auto& object : objects) {
    if (walk.reached(object.getObjGen()) || object.isNull()) continue;
    auto dictionary = object.isStream() ? object.getDict() : object;
    const bool is_record =
        dictionary.isDictionary() && (has_name(dictionary, "/Type", "/ObjStm") || has_name(dictionary, "/Type", "/XRef") || dictionary.hasKey("/Linearized") ||
                                      (pdf.isLinearized() && object.isStream() && dictionary.hasKey("/S") && !dictionary.hasKey("/Type")));
    if (is_record) continue;
    const std::string where = "object " + std::to_string(object.getObjectID());
    facts.items.push_back({PdfItemKind::unreferenced_object, where, object.isString() ? object.getUTF8Value() : std::string()});
    walk.look_at_lost(object, where);
  }
}

/// Counts end marks and finds the bytes outside, in the file itself.
void read_frame(std::string_view bytes, QPDF& pdf, PdfFacts& facts) {
  const std::size_t header = bytes.find("%PDF-");
  if (header != std::string_view::npos && header > 0) facts.outside.push_back({0, header});
  std::uint64_t marks = 0;
  std::size_t end = 0;
  for (std::size_t at = bytes.find(end_mark); at != std::string_view::npos; at = bytes.find(end_mark, at + 1)) {
    ++marks;
    end = at + end_mark.size();
  }
  while (end < bytes.size() && (bytes[end] == '\r' || bytes[end] == '\n')) ++end;
  if (marks > 0 && end < bytes.size()) facts.outside.push_back({end, bytes.size()});
  const std::uint64_t expected = pdf.isLinearized() ? 2 : 1;
  const bool has_previous = expected == 1 && pdf.getTrailer().hasKey("/Prev");
  facts.earlier_revisions = marks > expected ? marks - expected : has_previous ? 1 : 0;
}

void read_information(QPDF& pdf, PdfFacts& facts) {
  auto information = pdf.getTrailer().getKey("/Info");
  if (!information.isDictionary()) return;
  for (const auto& key : information.getKeys()) facts.information[key.substr(1)] = text_of(information.getKey(key));
}

void read_all(QPDF& pdf, std::string_view bytes, PdfBudget& budget, PdfFacts& facts) {
  read_frame(bytes, pdf, facts);
  read_information(pdf, facts);
  ObjectWalk walk(facts, budget);
  walk.walk(pdf.getTrailer());
  auto objects = pdf.getAllObjects();  // before the pages are followed, which makes objects of its own
  detail::PdfPainting painting{budget, facts, layers_off(pdf, facts)};
  std::size_t number = 0;
  for (auto& page : pdf.getAllPages()) detail::follow_page(page, ++number, painting);
  note_unreferenced(pdf, std::move(objects), walk, facts);
}

}  // namespace

Result<PdfFacts> read_pdf(const ByteSource& source, const PdfLimits& limits) {
  CANDOUR_TRY(bytes, source.read({0, source.size()}));
  PdfFacts facts;
  PdfBudget budget(limits);
  QPDF pdf;
  auto silent = QPDFLogger::create();
  silent->setError(silent->discard());
  silent->setWarn(silent->discard());
  pdf.setLogger(silent);
  pdf.setSuppressWarnings(true);
  try {
    pdf.processMemoryFile("input", bytes.data(), bytes.size());
    read_all(pdf, bytes, budget, facts);
  } catch (const PdfLimitReached& reached) {
    return fail(problem("pdf.over_limit", reached.what()));
  } catch (const QPDFExc& thrown) {
    if (thrown.getErrorCode() == qpdf_e_password) return fail(problem("pdf.encrypted", "the document is encrypted and needs a password"));
    return fail(problem("pdf.damaged", "the document cannot be read"));
  } catch (const std::exception&) {
    return fail(problem("pdf.damaged", "the document cannot be read"));
  }
  // What qpdf had to guess may be read otherwise by another program.
  if (pdf.anyWarnings()) facts.unread.emplace_back("the document is damaged; it was read as far as it could be repaired");
  return facts;
}

}  // namespace candour::formats
