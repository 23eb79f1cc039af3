internal import CPango

/// Some text, shaped and broken into lines by pango, in any script and direction.
final class Paragraph {
    enum Alignment { case centre, start }

    /// How letters look. The families are asked in their order, so that every script has one.
    struct Style {
        var family = Style.serif
        var size: Double
        var isBold = false
        var isItalic = false
        /// In points between letters; only where no script would fall apart.
        var spacing = 0.0

        static let serif =
            "Noto Serif, Noto Naskh Arabic, Noto Serif Devanagari, Noto Serif Bengali, "
            + "Noto Serif Khmer, Noto Serif Myanmar, Noto Serif Ethiopic, serif"
        static let sans =
            "Noto Sans, Noto Sans Arabic, Noto Sans Devanagari, Noto Sans Bengali, "
            + "Noto Sans Khmer, Noto Sans Myanmar, Noto Sans Ethiopic, sans"
    }

    let height: Double
    private let layout: OpaquePointer
    private let canvas: PDFCanvas

    /// - Parameters:
    ///   - field: what the text is, for an error.
    ///   - language: of BCP 47; it chooses between forms of one letter.
    init(
        _ text: String, _ style: Style, width: Double, alignment: Alignment = .centre,
        field: String, language: String, on canvas: PDFCanvas
    ) throws(PaperError) {
        guard let layout = pango_cairo_create_layout(canvas.context) else {
            throw .drawing(status: "no memory")
        }
        self.layout = layout
        self.canvas = canvas
        pango_context_set_language(
            pango_layout_get_context(layout), pango_language_from_string(language))
        let font = pango_font_description_from_string(style.family)
        defer { pango_font_description_free(font) }
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        if style.isBold { pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD) }
        if style.isItalic { pango_font_description_set_style(font, PANGO_STYLE_ITALIC) }
        pango_layout_set_font_description(layout, font)
        if style.spacing > 0, text.unicodeScalars.allSatisfy({ $0.value < 0x250 }) {
            let attributes = pango_attr_list_new()
            pango_attr_list_insert(
                attributes,
                pango_attr_letter_spacing_new(Int32(style.spacing * Double(PANGO_SCALE))))
            pango_layout_set_attributes(layout, attributes)
            pango_attr_list_unref(attributes)
        }
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_alignment(
            layout, alignment == .centre ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT)
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        let missing = pango_layout_get_unknown_glyphs_count(layout)
        var (columns, rows) = (Int32(0), Int32(0))
        pango_layout_get_size(layout, &columns, &rows)
        height = Double(rows) / Double(PANGO_SCALE)
        guard missing == 0 else { throw .missingLetters(field: field, count: Int(missing)) }
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    func draw(x: Double, y: Double, in colour: Colour) {
        canvas.setColour(colour)
        cairo_move_to(canvas.context, x, y)
        pango_cairo_show_layout(canvas.context, layout)
    }
}
