extension Translation {
    static let hindi = Translation(
        parsing: """
            language = hi
            name = हिन्दी
            direction = ltr
            review = draft
            """)
}
