// Light or dark: the system's choice unless the reader made one.
const key = 'steelyard:look';
type Choice = 'system' | 'light' | 'dark';

function kept(): Choice {
  try {
    const said = localStorage.getItem(key);
    return said === 'light' || said === 'dark' ? said : 'system';
  } catch {
    return 'system';
  }
}

class Look {
  choice = $state<Choice>(kept());

  constructor() {
    this.apply();
  }

  next(): void {
    this.choice = this.choice === 'system' ? 'light' : this.choice === 'light' ? 'dark' : 'system';
    try {
      localStorage.setItem(key, this.choice);
    } catch {
      // A browser that keeps nothing asks the system again next time.
    }
    this.apply();
  }

  private apply(): void {
    if (this.choice === 'system') delete document.documentElement.dataset['look'];
    else document.documentElement.dataset['look'] = this.choice;
  }
}

export const look = new Look();
