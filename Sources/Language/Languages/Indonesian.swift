extension Translation {
    static let indonesian = Translation(
        parsing: """
            language = id
            name = Indonesia
            direction = ltr
            review = draft
            """)
}
