"""GOV.UK Notify for the tests of how letters leave."""

from tests.postroom.notify_stand_in import notify, running_notify

__all__ = ["notify", "running_notify"]
