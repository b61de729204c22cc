// Titles where a file holds ids: in the lists of an entry, and for the groups of its duties.

// The bar of an item that was chosen from a list says the id; show the title that was chosen.
export const titledList = (List) =>
  class extends List {
    objectLabel(item) {
      const said = super.objectLabel(item);
      const { field } = this.props;
      const name = /fields\.([\w-]+)/.exec(field.get("summary"))?.[1];
      const choices = field.get("fields")?.find((one) => one.get("name") === name)?.get("options");
      return choices?.find((choice) => choice.get("value") === said)?.get("label") ?? said;
    }
  };

// One of the groups of duties that stand in the same role.
export const groupControl = () => window.createClass({
  render() {
    const { h, props } = { h: window.h, props: this.props };
    const groups = props.entry.getIn(["data", "duty_groups"])?.toJS() ?? [];
    const choices = groups.filter(({ id }) => id).map(({ id, title }) => h("option", { key: id, value: id }, title));
    return h("select", {
      id: props.forID, className: props.classNameWrapper, value: props.value ?? "",
      onFocus: props.setActiveStyle, onBlur: props.setInactiveStyle,
      onChange: (event) => props.onChange(event.target.value || undefined),
    }, h("option", { key: "", value: "" }, "–"), ...choices);
  },
});
